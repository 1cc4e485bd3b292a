package io.github.ignitetasks.internal.node;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A package of a JDK module that a JVM option can open. */
record JdkPackage(String module, String name) {
    private static final String ALL_UNNAMED = "ALL-UNNAMED";
    private static final Pattern OPTION = Pattern.compile("--add-opens=([^/]+)/([^=]+)=" + ALL_UNNAMED);

    /** Returns the package that an option opens; empty if the string is not such an option. */
    static Optional<JdkPackage> openedBy(String option) {
        Matcher open = OPTION.matcher(option);
        return open.matches() ? Optional.of(new JdkPackage(open.group(1), open.group(2))) : Optional.empty();
    }

    /** Returns the option that opens this package to a module. All unnamed modules count as one. */
    String optionToOpenTo(Module other) {
        return "--add-opens=" + module + "/" + name + "=" + (other.isNamed() ? other.getName() : ALL_UNNAMED);
    }

    /** Returns the module of this package, if this JVM has the module. */
    Optional<Module> owner() {
        return ModuleLayer.boot().findModule(module);
    }
}
