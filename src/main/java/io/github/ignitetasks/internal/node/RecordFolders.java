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

/** The folders in which a node keeps its records on disk, which its user alone can enter. None, if it keeps none. */
final class RecordFolders {
    /** What Ignite makes in a work folder, and what the root of a disk has by itself. */
    private static final Set<String> KNOWN = Set.of(
            "binary_meta", "cp", "db", "diagnostic", "log", "marshaller", "perf_stat", "snapshots", "lost+found");

    private static final String WORK = "workDirectory (in the files under config/ by IGNITE_TASKS_STORE)";

    private final List<PrivateFolder> folders;

    private RecordFolders(List<PrivateFolder> folders) {
        this.folders = folders;
    }

    /**
     * Makes the folders of a node, or closes to other users those that are there.
     *
     * @param configuration settings with a work folder, by its absolute path
     * @throws IllegalStateException if one cannot be made or closed; the message says why, and what to do
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

    /** Takes the permissions of other users from the files that Ignite has made meanwhile. */
    void narrow() throws IOException {
        for (PrivateFolder folder : folders) {
            folder.narrow();
        }
    }
}
