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

/** The JDK packages that must be open to Ignite. */
public final class JvmOpens {
    private static final String LIST = "jvm-opens.args";
    private static final String LIST_IN_JAR = JvmOpens.class.getPackageName().replace('.', '/') + "/" + LIST;

    /** Whether this library opens packages itself. */
    private static final BooleanProperty OPENS = new BooleanProperty("ignitetasks.open", true);

    /** The modules that Ignite and this library need but do not require as named modules, with a class of each. */
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
     * Opens to Ignite the packages that the options of this JVM leave closed. Call this method before the first use of
     * Ignite, which fails without a clear message if a package is closed. Safe for use by many threads; opening a
     * package twice has no further effect.
     *
     * @throws IllegalStateException if JVM options are missing, and system property {@code ignitetasks.open} is false
     *     or opening fails; the message lists the options and says where to set them
     */
    public static void ensure() {
        boolean opens = OPENS.get();
        Module ignite = Ignite.class.getModule(); // loads only the interface
        List<String> modules = missingModules(ignite);
        List<JdkPackage> closed = closedPackages(ignite);
        if (opens && modules.isEmpty()) {
            open(closed, ignite);
        } else if (opens) {
            throw new IllegalStateException(refusal("", modules)); // packages come after modules
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
            // Not earlier: on a module path, SLF4J is present only once no module is missing.
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

    /** Returns the options for the command line of a JVM that runs Ignite. */
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
                .orElse(ignite.isNamed() && MODULES.containsKey(each.module())); // closed once added
    }

    /**
     * Returns the option that adds the missing modules; empty if none is missing. With a class path, a JVM has all
     * modules of the JDK. With a module path, it has only those that a module requires.
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
