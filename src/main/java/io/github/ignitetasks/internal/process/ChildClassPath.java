package io.github.ignitetasks.internal.process;

import static java.util.function.Predicate.not;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class path of child JVMs: the files and directories from which the class loaders of this JVM load. A child cannot
 * load a class from any other place.
 */
final class ChildClassPath {
    private static final Logger LOG = LoggerFactory.getLogger(ChildClassPath.class);

    /** The classes that a child needs to run a node. */
    private static final List<Class<?>> NEEDED = List.of(NodeMain.class, Ignite.class, Logger.class);

    private static final String APPLICATION_LOADER = "jdk.internal.loader.ClassLoaders$AppClassLoader";
    private static final String SHELL = "jdk.jshell.";

    /**
     * The package of the main class of {@code java Foo.java}. This launcher does not always set the context class
     * loader.
     */
    private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

    private static final String INSTEAD = "use LocalCluster.builder().processes(false), or a grid of its own, started"
            + " with the jar of the grid node and joined by its address";

    private final Set<String> entries = new LinkedHashSet<>();
    private final Set<ClassLoader> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<ClassLoader> outOfReach = new ArrayList<>();

    private ChildClassPath() {}

    /**
     * Returns the class path for children that this thread starts.
     *
     * @throws IllegalStateException if a child could not load the library or the program; the message gives the remedy
     */
    static String ofThisThread() {
        if (System.getProperty("jdk.module.main.class", "").startsWith(SOURCE_LAUNCHER)) {
            throw new IllegalStateException("processes of a LocalCluster cannot load the classes of a program that java"
                    + " runs from a source file, which are in memory alone; compile it with javac and run the class, or "
                    + INSTEAD);
        }
        ClassLoader library = NodeMain.class.getClassLoader();
        List<ClassLoader> users = new ArrayList<>(callers(library));
        Optional.ofNullable(Thread.currentThread().getContextClassLoader()).ifPresent(users::add);
        return of(library, users);
    }

    /** Returns the loaders of the classes on the call stack that load the library from this loader. */
    private static List<ClassLoader> callers(ClassLoader library) {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.map(frame -> frame.getDeclaringClass().getClassLoader())
                        .filter(Objects::nonNull)
                        .distinct()
                        .filter(loader -> Stream.iterate(loader, Objects::nonNull, ClassLoader::getParent)
                                .anyMatch(library::equals))
                        .toList());
    }

    /**
     * Returns the class path for children.
     *
     * @param library the class loader of this library
     * @param users the class loaders of the code that uses the library
     */
    static String of(ClassLoader library, List<ClassLoader> users) {
        ChildClassPath path = new ChildClassPath();
        path.add(library);
        users.forEach(path::add);
        if (path.seen.stream().noneMatch(ChildClassPath::isOfApplication)) {
            path.entries.addAll(ApplicationPath.entries());
        }
        path.checkLibrary(library);
        if (!path.outOfReach.isEmpty()) {
            LOG.warn(
                    "processes of a LocalCluster load no classes of {}, which loads from other places than files; a call"
                            + " that has such classes is Crashed there",
                    path.outOfReach);
        }
        return String.join(File.pathSeparator, path.entries);
    }

    /** Adds the locations of a loader after those of its parents, because a loader asks its parents first. */
    private void add(@Nullable ClassLoader loader) {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader() || !seen.add(loader)) {
            return;
        }
        if (loader.getClass().getName().startsWith(SHELL)) {
            throw new IllegalStateException(
                    "processes of a LocalCluster cannot load the classes of a shell, which are in" + " memory alone ("
                            + loader + "); " + INSTEAD);
        }
        add(loader.getParent());
        if (isOfApplication(loader)) {
            entries.addAll(ApplicationPath.entries());
        } else if (loader instanceof URLClassLoader ofUrls) {
            List<Optional<String>> files =
                    Stream.of(ofUrls.getURLs()).map(ChildClassPath::file).toList();
            files.stream().flatMap(Optional::stream).forEach(entries::add);
            if (files.stream().anyMatch(Optional::isEmpty)) {
                outOfReach.add(loader);
            }
        } else {
            outOfReach.add(loader);
        }
    }

    private static boolean isOfApplication(ClassLoader loader) {
        return loader.getClass().getName().equals(APPLICATION_LOADER);
    }

    /** Returns the file or directory of a URL; empty if the URL has another form. */
    private static Optional<String> file(URL url) {
        String text = url.toString();
        if (text.startsWith("jar:file:") && text.indexOf("!/") == text.length() - 2) {
            text = text.substring("jar:".length(), text.length() - 2);
        }
        if (!text.startsWith("file:")) {
            return Optional.empty();
        }
        return Optional.of(path(text)).filter(not(path -> path.contains(File.pathSeparator)));
    }

    private static String path(String url) {
        try {
            return Path.of(new URI(url)).toString();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return new File(url.substring("file:".length())).getPath(); // File.toURL does not encode
        }
    }

    private void checkLibrary(ClassLoader library) {
        if (isOfApplication(library)) {
            return;
        }
        URL[] urls = entries.stream().map(ChildClassPath::url).toArray(URL[]::new);
        try (URLClassLoader child = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            for (Class<?> needed : NEEDED) {
                if (child.findResource(needed.getName().replace('.', '/') + ".class") == null) {
                    throw new IllegalStateException("processes of a LocalCluster cannot load " + needed.getName()
                            + ": the class loader " + library + " loads this library from other places than files, such"
                            + " as jars in a jar; start the application from files (one of Spring Boot after java"
                            + " -Djarmode=tools -jar APPLICATION.jar extract), or " + INSTEAD);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a class loader can be closed", e);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException("every path has a URL", e);
        }
    }
}
