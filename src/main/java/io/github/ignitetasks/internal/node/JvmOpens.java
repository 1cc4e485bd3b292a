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
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.slf4j.LoggerFactory;

/** The packages of the JDK that Ignite reaches into, and that must be open to it. */
public final class JvmOpens {
    private static final String LIST = "jvm-opens.args";
    private static final String LIST_IN_JAR = JvmOpens.class.getPackageName().replace('.', '/') + "/" + LIST;

    /** Whether this library opens packages by itself. */
    private static final BooleanProperty OPENS = new BooleanProperty("ignitetasks.open", true);

    /** Modules that Ignite and this library need but, on the module path, do not require; with a class of each. */
    private static final Map<String, String> MODULES = new TreeMap<>(Map.of(
            "java.logging", "java.util.logging.Logger",
            "java.management", "java.lang.management.ManagementFactory",
            "java.naming", "javax.naming.Context",
            "java.sql", "java.sql.Connection",
            "jdk.management", "com.sun.management.OperatingSystemMXBean",
            "jdk.unsupported", "sun.misc.Unsafe",
            "org.slf4j", "org.slf4j.LoggerFactory"));

    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    private JvmOpens() {}

    /**
     * Opens to Ignite what the options of this JVM leave closed. Called before Ignite is touched, which fails without a
     * hint where a package is closed. Several threads may open the same packages at once: a second time changes nothing.
     *
     * @throws IllegalStateException if options are missing, and system property {@code ignitetasks.open} is false or
     *     opening fails; the message lists them and says where they go
     */
    public static void ensure() {
        boolean opens = OPENS.get();
        Module ignite = Ignite.class.getModule(); // the interface alone is loaded
        List<String> modules = missingModules(ignite);
        List<JdkPackage> closed = closedPackages(ignite);
        if (opens && modules.isEmpty()) {
            open(closed, ignite);
        } else if (opens) {
            throw new IllegalStateException(refusal("", modules)); // once they are there, it opens packages
        } else if (!modules.isEmpty() || !closed.isEmpty()) {
            throw new IllegalStateException(refusal(
                    "This library opens packages by itself unless system property " + OPENS.name() + " is false. ",
                    Stream.concat(modules.stream(), options(closed, ignite)).toList()));
        }
    }

    private static void open(List<JdkPackage> closed, Module ignite) {
        if (closed.isEmpty()) {
            return;
        }
        try {
            JdkOpener.open(closed, ignite);
        } catch (ReflectiveOperationException | RuntimeException e) {
            String note = "This library cannot open packages by itself here: " + lastCause(e) + ". ";
            throw new IllegalStateException(
                    refusal(note, options(closed, ignite).toList()), e);
        }
        if (LOGGED.compareAndSet(false, true)) {
            // Not before: on a module path SLF4J is there once nothing is missing.
            LoggerFactory.getLogger(JvmOpens.class)
                    .info(
                            "opened {} packages of the JDK to Apache Ignite, as this JVM was started without options that"
                                    + " do; to state them, start java with @{}, which this library's jar has as {}, or"
                                    + " list them as Add-Opens in the manifest of the application's jar",
                            closed.size(),
                            LIST,
                            LIST_IN_JAR);
        }
    }

    private static String refusal(String note, List<String> options) {
        return "this JVM was started without options that Apache Ignite needs on Java "
                + Runtime.version().feature() + ". " + note + "Add them to the java command, before -jar or the main"
                + " class; where there is no command, to JAVA_TOOL_OPTIONS in the environment, or to argLine of Maven"
                + " Surefire; as a file for java @file they are in this library's jar as " + LIST_IN_JAR + ":\n"
                + String.join("\n", options);
    }

    private static Throwable lastCause(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last;
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
                    .filter(line -> JdkPackage.openedBy(line).isPresent())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LIST, e);
        }
    }

    private static Stream<String> options(List<JdkPackage> closed, Module ignite) {
        return closed.stream().map(each -> each.optionToOpenTo(ignite));
    }

    private static List<JdkPackage> closedPackages(Module ignite) {
        return options().stream()
                .map(JdkPackage::openedBy)
                .flatMap(Optional::stream)
                .filter(each -> isClosed(each, ignite))
                .toList();
    }

    private static boolean isClosed(JdkPackage each, Module ignite) {
        return each.owner()
                .map(owner -> owner.getPackages().contains(each.name()) && !owner.isOpen(each.name(), ignite))
                .orElse(ignite.isNamed() && MODULES.containsKey(each.module())); // it will be there once it is added
    }

    /**
     * Returns the option that adds what is missing, if anything is. A class path comes with all modules of the JDK, a
     * module path with those alone that a module requires.
     */
    private static List<String> missingModules(Module ignite) {
        String missing = ignite.isNamed()
                ? MODULES.entrySet().stream()
                        .filter(module -> isMissing(module.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(joining(","))
                : "";
        return missing.isEmpty() ? List.of() : List.of("--add-modules=" + missing);
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
