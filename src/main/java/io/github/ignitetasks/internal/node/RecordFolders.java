package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.folder.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The directories in which a node persists its records. Only the user of the node can enter them. A node without
 * persistence has none.
 */
final class RecordFolders {
    /** The names that Ignite creates in a work directory, and those in the root of a new disk. */
    private static final Set<String> KNOWN = Set.of(
            "binary_meta", "cp", "db", "diagnostic", "log", "marshaller", "perf_stat", "snapshots", "lost+found");

    private static final String WORK = "workDirectory (in the files under config/ by IGNITE_TASKS_STORE)";

    private final List<PrivateFolder> folders;

    private RecordFolders(List<PrivateFolder> folders) {
        this.folders = folders;
    }

    /**
     * Creates the directories of a node, or closes existing ones to other users.
     *
     * @param configuration a configuration with an absolute work directory
     * @throws IllegalStateException if a directory cannot be created or closed; the message gives the reason and the
     *     remedy
     */
    static RecordFolders prepare(IgniteConfiguration configuration) {
        DataStorageConfiguration storage = configuration.getDataStorageConfiguration();
        if (storage == null || !isPersistent(storage)) {
            return new RecordFolders(List.of());
        }
        Path work = Path.of(configuration.getWorkDirectory()).normalize();
        List<PrivateFolder> folders = new ArrayList<>();
        folders.add(PrivateFolder.prepare(work, KNOWN, WORK));
        addOutside(folders, work, storage.getStoragePath(), "storagePath");
        addOutside(folders, work, storage.getWalPath(), "walPath");
        addOutside(folders, work, storage.getWalArchivePath(), "walArchivePath");
        addOutside(folders, work, storage.getCdcWalPath(), "cdcWalPath");
        return new RecordFolders(folders);
    }

    private static void addOutside(List<PrivateFolder> folders, Path work, @Nullable String path, String setting) {
        if (path != null && !work.resolve(path).normalize().startsWith(work)) {
            folders.add(PrivateFolder.prepare(work.resolve(path).normalize(), Set.of(), setting));
        }
    }

    private static boolean isPersistent(DataStorageConfiguration storage) {
        DataRegionConfiguration[] others = storage.getDataRegionConfigurations();
        return Stream.concat(
                        Stream.of(storage.getDefaultDataRegionConfiguration()),
                        others == null ? Stream.empty() : Stream.of(others))
                .anyMatch(DataRegionConfiguration::isPersistenceEnabled);
    }

    /** Removes the permissions of other users from the files that Ignite has created since. */
    void narrow() throws IOException {
        for (PrivateFolder folder : folders) {
            folder.narrow();
        }
    }
}
