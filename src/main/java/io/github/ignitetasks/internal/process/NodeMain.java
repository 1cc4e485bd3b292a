package io.github.ignitetasks.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.internal.compat.IgniteErrors;
import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.node.NodeDrain;
import io.github.ignitetasks.internal.node.NodePlan;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a node in a child JVM. It reads its TLS from the first line of its standard input, and prints one
 * line when it is ready. It then executes further lines of input as commands. The input ends when the parent JVM ends,
 * even if that is killed. This JVM then deletes its files and ends too.
 */
public final class NodeMain {
    /** The output line of a node that has joined. */
    public static final String READY = "ignite-tasks-node-ready";

    /** The output line of a retiring node that runs no more calls. */
    static final String DRAINED = "ignite-tasks-node-drained";

    /**
     * The input line that retires the node: it completes its running calls, and stops once other nodes have its
     * records.
     */
    static final String RETIRE = "retire";

    /** The start of an input line, followed by a file: the JVM writes a class-data archive to that file and exits. */
    static final String ARCHIVE = "archive ";

    /** The exit code of a node that could not start because a port was taken. Another attempt may succeed. */
    static final int PORT_TAKEN = 3;

    private static final int FAILED = 1;
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private NodeMain() {}

    public static void main(String[] args) {
        // Tasks may replace the standard streams, so this method uses the file descriptors.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        NodePlan plan = NodePlan.ofArguments(args);
        Listener listener = new Listener(out, plan.work());
        System.setIn(InputStream.nullInputStream());
        listener.start();
        try {
            listener.node = plan.with(listener.tls.join()).start();
        } catch (IgniteException e) {
            e.printStackTrace(out);
            Runtime.getRuntime().halt(IgniteErrors.isPortTaken(e) ? PORT_TAKEN : FAILED);
        } catch (RuntimeException | Error e) {
            e.printStackTrace(out);
            Runtime.getRuntime().halt(FAILED);
        }
        Ignition.addListener((name, state) -> {
            if (state != IgniteState.STARTED) {
                Runtime.getRuntime().halt(state == IgniteState.STOPPED ? 0 : FAILED);
            }
        });
        out.println(READY);
    }

    /** A thread that executes the commands of the standard input. */
    private static final class Listener extends Thread {
        private final PrintStream out;
        private final WorkFolder work;
        private final CompletableFuture<NodeTls> tls = new CompletableFuture<>();
        private volatile @Nullable Ignite node;
        private Optional<WorkFolder> draft = Optional.empty(); // confined to this thread

        Listener(PrintStream out, WorkFolder work) {
            super("ignite-tasks-parent");
            this.out = out;
            this.work = work;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), UTF_8))) {
                String first = in.readLine();
                if (first != null) {
                    tls.complete(NodeTls.ofLine(first));
                }
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    obey(line);
                }
            } catch (IOException e) {
                // same as the end of the input
            } finally {
                end();
            }
        }

        /** Deletes the directories and exits. The parent JVM would delete them, but it may be dead. */
        private void end() {
            try {
                draft.ifPresent(WorkFolder::close);
                work.close();
            } finally {
                Runtime.getRuntime().halt(0);
            }
        }

        private void obey(String line) {
            Ignite ignite = node;
            if (line.equals(RETIRE) && ignite != null) {
                // on another thread, because this one waits for the end of the input
                new Thread(() -> retire(ignite, out), "ignite-tasks-retire").start();
            } else if (line.startsWith(ARCHIVE)) {
                Path file = Path.of(line.substring(ARCHIVE.length()));
                draft = Optional.ofNullable(file.getParent()).map(WorkFolder::new);
                new Thread(() -> writeArchive(file, out), "ignite-tasks-archive").start();
            }
        }

        private static void writeArchive(Path file, PrintStream out) {
            try {
                ClassArchive.write(file);
                Runtime.getRuntime().halt(0);
            } catch (JMException | RuntimeException e) {
                e.printStackTrace(out);
                Runtime.getRuntime().halt(FAILED);
            }
        }

        private static void retire(Ignite ignite, PrintStream out) {
            NodeDrain.drain(ignite, FOREVER);
            out.println(DRAINED);
            NodeDrain.leave(ignite);
        }
    }
}
