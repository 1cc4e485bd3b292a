package io.github.ignitetasks.node;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the archive of a store, which a later version must be able to use. CONTRIBUTING.md says when and how to run
 * it. Arguments: the file to write, and an empty folder to work in.
 */
final class StoreArchiveMain {
    private StoreArchiveMain() {}

    /** Starts a grid, records a result of each kind, ends the grid, and packs the files that it left on disk. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        record(folder);
        pack(folder.resolve("store"), Path.of(arguments[0]));
    }

    private static void record(Path folder) throws IOException {
        try (NodeProcess node = StoredGrid.start(folder, "--activate=1")) {
            node.awaitJoined();
            try (TaskSession session = StoredGrid.session(node)) {
                StoredGrid.RESULTS.forEach((key, result) -> session.submit(key, () -> result));
                TaskFuture<Integer> failed = session.submit(StoredGrid.FAILED, () -> {
                    throw new IllegalStateException("no luck", new IOException("the cause"));
                });
                session.submit(StoredGrid.NOT_READY, () -> 1 + requireNonNull(failed.result()));
                session.submit(StoredGrid.CRASHED, Object::new);
                cancelOneThatRuns(session, folder);
                StoredGrid.RESULTS.forEach((key, result) -> check(session, key, State.Completed.class));
                check(session, StoredGrid.FAILED, State.Failed.class);
                check(session, StoredGrid.NOT_READY, State.NotReady.class);
                check(session, StoredGrid.CRASHED, State.Crashed.class);
                check(session, StoredGrid.CANCELLED, State.Cancelled.class);
                useEachMessage(session);
            }
            node.jvm().terminate();
            if (node.jvm().awaitExit() != 0) {
                throw new IllegalStateException("the node did not end in order");
            }
        }
    }

    private static void cancelOneThatRuns(TaskSession session, Path folder) {
        Tally started = Tally.in(folder);
        Gate gate = Gate.in(folder);
        TaskFuture<Integer> cancelled = session.submit(StoredGrid.CANCELLED, () -> {
            started.add();
            gate.pass();
            return 1;
        });
        started.await(1);
        if (!cancelled.cancel()) {
            throw new IllegalStateException("a task that ran was not cancelled");
        }
    }

    private static void check(TaskSession session, String key, Class<?> type) {
        State<?> state =
                session.submit(key, () -> "ran again").await(Deadlines.PATIENCE).orElseThrow();
        if (!type.isInstance(state)) {
            throw new IllegalStateException(key + " ended as " + state.describe());
        }
    }

    /** Makes the grid store the metadata that Ignite keeps about the classes of the library's messages. */
    private static void useEachMessage(TaskSession session) {
        check(session, "released", State.Completed.class);
        if (!session.release("released") || session.status("released") != KeyStatus.UNKNOWN) {
            throw new IllegalStateException("a key was not released");
        }
    }

    private static void pack(Path store, Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> all = Files.walk(store)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .sorted()
                    .toList();
            for (Path file : files) {
                ZipEntry entry = new ZipEntry(store.relativize(file).toString());
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
