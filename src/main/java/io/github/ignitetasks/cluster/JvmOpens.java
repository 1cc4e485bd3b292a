package io.github.ignitetasks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages of the JDK that Ignite reaches into, and that the JVM must open to it by its options. */
public final class JvmOpens {
    private static final String LIST = "jvm-opens.args";
    private static final Pattern OPEN = Pattern.compile("--add-opens=([^/]+)/([^=]+)=ALL-UNNAMED");

    private JvmOpens() {}

    /**
     * Checks that this JVM lets Ignite in: called before Ignite is touched, which without them fails without a hint.
     *
     * @throws IllegalStateException if options are missing; the message lists them and says where they go
     */
    public static void check() {
        List<String> missing = options().stream().filter(JvmOpens::isMissing).toList();
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

    private static boolean isMissing(String option) {
        Matcher open = OPEN.matcher(option);
        if (!open.matches()) {
            throw new IllegalArgumentException("not an option that opens a package: " + option);
        }
        Optional<Module> module = ModuleLayer.boot().findModule(open.group(1));
        return module.isPresent()
                && module.get().getPackages().contains(open.group(2))
                && !module.get().isOpen(open.group(2), JvmOpens.class.getModule());
    }
}
