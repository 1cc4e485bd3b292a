package io.github.ignitetasks.internal.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The locations of classes in the command of this JVM: its class path, and the modules of its module path. */
final class ApplicationPath {
    private static final String MODULE_INFO = "module-info.class";

    private ApplicationPath() {}

    /** Returns jars and directories of classes, as entries of a class path. */
    static List<String> entries() {
        return Stream.concat(
                        split("java.class.path").map(entry -> entry.isEmpty() ? "." : entry),
                        split("jdk.module.path").flatMap(ApplicationPath::modules))
                .toList();
    }

    private static Stream<String> split(String property) {
        String path = System.getProperty(property, "");
        return path.isEmpty() ? Stream.empty() : Stream.of(path.split(File.pathSeparator, -1));
    }

    /** Returns the modules of a module path entry, which is a module or a directory of modules. */
    private static Stream<String> modules(String entry) {
        Path path = Path.of(entry);
        if (!Files.isDirectory(path) || Files.exists(path.resolve(MODULE_INFO))) {
            return Stream.of(entry);
        }
        try (Stream<Path> modules = Files.list(path)) {
            return modules
                    .filter(module -> module.toString().endsWith(".jar") || Files.exists(module.resolve(MODULE_INFO)))
                    .sorted()
                    .map(Path::toString)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the modules in " + path, e);
        }
    }
}
