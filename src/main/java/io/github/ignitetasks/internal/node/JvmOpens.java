package io.github.ignitetasks.internal.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;

/** The packages of the JDK that Ignite reaches into, and that the JVM must open to it by its options. */
public final class JvmOpens {
    private static final String LIST = "jvm-opens.args";
    private static final Pattern OPEN = Pattern.compile("--add-opens=([^/]+)/([^=]+)=ALL-UNNAMED");

    private static final String ALL_UNNAMED = "ALL-UNNAMED";

    /** Modules that Ignite and this library need but, on the module path, do not require; with a class of each. */
    private static final Map<String, String> MODULES = new TreeMap<>(Map.of(
            "java.logging", "java.util.logging.Logger",
            "java.management", "java.lang.management.ManagementFactory",
            "java.naming", "javax.naming.Context",
            "java.sql", "java.sql.Connection",
            "jdk.management", "com.sun.management.OperatingSystemMXBean",
            "jdk.unsupported", "sun.misc.Unsafe",
            "org.slf4j", "org.slf4j.LoggerFactory"));

    private JvmOpens() {}

    /**
     * Checks that this JVM lets Ignite in: called before Ignite is touched, which without them fails without a hint.
     *
     * @throws IllegalStateException if options are missing; the message lists them and says where they go
     */
    public static void check() {
        Module ignite = Ignite.class.getModule(); // the interface alone is loaded
        List<String> missing =
                Stream.concat(missingModules(ignite), missingOpens(ignite)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("this JVM was started without options that Apache Ignite needs on Java "
                    + Runtime.version().feature() + ". Add them to the java command, before -jar or the main class;"
                    + " where there is no command, to JAVA_TOOL_OPTIONS in the environment, or to argLine of Maven"
                    + " Surefire; as a file for java @file they are in this library's jar as "
                    + JvmOpens.class.getPackageName().replace('.', '/') + "/" + LIST + ":\n"
                    + missing.stream().collect(joining("\n")));
        }
    }

    /** Returns the options, for the command of a JVM that is to run Ignite. */
    public static List<String> options() {
        try (InputStream list = JvmOpens.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException(LIST + " is missing from this library's jar, which is incomplete");
            }
            return new BufferedReader(new InputStreamReader(list, UTF_8))
                    .lines()
                    .map(String::strip)
                    .filter(line -> OPEN.matcher(line).matches())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LIST, e);
        }
    }

    private static Stream<String> missingOpens(Module ignite) {
        return options().stream()
                .map(JvmOpens::match)
                .filter(open -> isClosed(open.group(1), open.group(2), ignite))
                .map(open -> "--add-opens=" + open.group(1) + "/" + open.group(2) + "="
                        + (ignite.isNamed() ? ignite.getName() : ALL_UNNAMED));
    }

    private static Matcher match(String option) {
        Matcher open = OPEN.matcher(option);
        if (!open.matches()) {
            throw new IllegalArgumentException("not an option that opens a package: " + option);
        }
        return open;
    }

    private static boolean isClosed(String module, String name, Module ignite) {
        return ModuleLayer.boot()
                .findModule(module)
                .map(present -> present.getPackages().contains(name) && !present.isOpen(name, ignite))
                .orElse(ignite.isNamed() && MODULES.containsKey(module)); // it will be there once it is added
    }

    /** A class path comes with all modules of the JDK, a module path with those alone that a module requires. */
    private static Stream<String> missingModules(Module ignite) {
        String missing = ignite.isNamed()
                ? MODULES.entrySet().stream()
                        .filter(module -> isMissing(module.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(joining(","))
                : "";
        return missing.isEmpty() ? Stream.empty() : Stream.of("--add-modules=" + missing);
    }

    private static boolean isMissing(String type) {
        try {
            Class.forName(type, false, JvmOpens.class.getClassLoader());
            return false;
        } catch (ClassNotFoundException e) {
            return true;
        }
    }
}
