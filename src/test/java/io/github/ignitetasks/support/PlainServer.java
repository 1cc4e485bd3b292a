package io.github.ignitetasks.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server in a JVM of its own. Its class path has Ignite, but neither this library nor its tests. */
public final class PlainServer implements AutoCloseable {
    private final ChildJvm jvm;
    private final int port;

    private PlainServer(ChildJvm jvm, int port) {
        this.jvm = jvm;
        this.port = port;
    }

    /**
     * Starts a server that joins the grid at these addresses, or that starts a grid if there are none. It writes to
     * this folder.
     */
    public static PlainServer start(Path folder, String... addresses) {
        return startAt(FreePort.find(), folder, addresses);
    }

    /** Starts a server at this port. */
    public static PlainServer startAt(int port, Path folder, String... addresses) {
        String own = "127.0.0.1:" + port;
        String all = addresses.length == 0 ? own : String.join(",", addresses) + "," + own;
        ChildJvm jvm = ChildJvm.start(List.of(
                "@" + System.getProperty("jvm.opens.file"),
                "-cp",
                classPath(folder),
                PlainServerMain.class.getName(),
                Integer.toString(port),
                all,
                folder.resolve("work").toString()));
        jvm.awaitLine("serves");
        return new PlainServer(jvm, port);
    }

    /** Returns the name of the node. */
    public String name() {
        return "plain-" + port;
    }

    /** Returns the address of the node. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns the servers, cache entries and caches that the node sees. Fails if the node does not answer. */
    public String sees() {
        jvm.writeLine("tell");
        return jvm.awaitLine("sees ");
    }

    /** Returns the answer of {@link #sees} on a grid that has lost nothing and has these servers and further caches. */
    public static String whole(int servers, String... caches) {
        return servers + " servers, " + PlainServerMain.ENTRIES + " entries, caches "
                + Stream.concat(Stream.of("application"), Arrays.stream(caches))
                        .sorted()
                        .toList();
    }

    /** Returns a class path without this library and its tests, but with the main class of the server. */
    private static String classPath(Path folder) {
        String file = PlainServerMain.class.getName().replace('.', '/') + ".class";
        URL source = PlainServerMain.class.getClassLoader().getResource(file);
        Path target = folder.resolve("classes").resolve(file);
        try {
            Files.createDirectories(target.getParent());
            Files.copy(Path.of(source.toURI()), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
        String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !hasOurs(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
        return folder.resolve("classes") + File.pathSeparator + libraries;
    }

    /** Returns whether an entry of the class path is this library, its tests, or a jar of them. */
    private static boolean hasOurs(Path entry) {
        return Files.isDirectory(entry) || entry.getFileName().toString().startsWith("ignite-task-runner");
    }

    @Override
    public void close() {
        jvm.close();
    }
}
