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

/** A JVM with a server whose class path has Ignite and not this library, nor its tests. */
public final class PlainServer implements AutoCloseable {
    private final ChildJvm jvm;
    private final int port;

    private PlainServer(ChildJvm jvm, int port) {
        this.jvm = jvm;
        this.port = port;
    }

    /** Starts one that joins the grid at these addresses, or is the first of one; it writes to a folder of its own. */
    public static PlainServer start(Path folder, String... addresses) {
        return startAt(FreePort.find(), folder, addresses);
    }

    /** Starts one at this port. */
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

    /** Returns what its node is called. */
    public String name() {
        return "plain-" + port;
    }

    /** Returns its address. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns what it sees of its grid; it answers only if it lives. */
    public String sees() {
        jvm.writeLine("tell");
        return jvm.awaitLine("sees ");
    }

    /** Returns what one sees whose application has lost nothing, with so many servers and these caches besides its own. */
    public static String whole(int servers, String... caches) {
        return servers + " servers, " + PlainServerMain.ENTRIES + " entries, caches "
                + Stream.concat(Stream.of("application"), Arrays.stream(caches))
                        .sorted()
                        .toList();
    }

    /** Returns the class path of this JVM, with its one class in place of ours. */
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

    /** Returns whether a part of the class path is this library, its tests, or a jar of them. */
    private static boolean hasOurs(Path entry) {
        return Files.isDirectory(entry) || entry.getFileName().toString().startsWith("ignite-task-runner");
    }

    @Override
    public void close() {
        jvm.close();
    }
}
