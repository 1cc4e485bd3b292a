package io.github.ignitetasks.node;

import static java.util.function.Predicate.not;

import io.github.ignitetasks.internal.node.NodeAttributes;
import io.github.ignitetasks.internal.node.NodeAttributesText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An environment variable, or system property of the same name, that the program or the node's file uses. */
enum NodeVariable {
    IGNITE_TASKS_HOST(
            "127.0.0.1", "the address of the interface to listen on", "the address of an interface of this machine"),
    IGNITE_TASKS_PORT(
            "the first free of 47500..47519", "the port by which nodes find each other", "a port from 1024 to 65535"),
    IGNITE_TASKS_COMMUNICATION_PORT(
            "the first free of 47100..47119", "the port for all else between nodes", "a port from 1024 to 65535"),
    IGNITE_TASKS_ADDRESSES(
            "127.0.0.1, at the ports of IGNITE_TASKS_PORT",
            "where the servers of the grid are, this one included",
            "host, host:port or host:port..port, separated by commas"),
    IGNITE_TASKS_KEY_STORE("no TLS", "the file with the key of this node", "a file"),
    IGNITE_TASKS_KEY_STORE_PASSWORD("no TLS", "what opens it", "a password"),
    IGNITE_TASKS_TRUST_STORE("no TLS", "the file with the certificates that it trusts", "a file"),
    IGNITE_TASKS_TRUST_STORE_PASSWORD("no TLS", "what opens it", "a password"),
    IGNITE_TASKS_STORE(
            "none; records live as long as the grid",
            "the folder, of this node alone, for records on disk",
            "the path of a folder that is writable, or new"),
    IGNITE_TASKS_MEMORY(
            "268435456",
            "the memory for records, in bytes",
            "a number of bytes from 67108864 (64 MiB) to 70368744177664 (64 TiB)"),
    IGNITE_TASKS_QUORUM(
            "1", "how many servers the grid must have to record anything", "a whole number from 1 to 2147483647"),
    IGNITE_TASKS_ATTRIBUTES(
            "none",
            "attributes by which tasks choose the node, such as zone=a,rack=r7",
            "name=value, separated by commas"),
    IGNITE_TASKS_RESOURCES(
            "none",
            "how much the node has of what tasks require, such as gpu=2,license=1",
            "name=amount, separated by commas"),
    IGNITE_TASKS_DASHBOARD(
            "none",
            "the port of a dashboard of the whole grid, as --dashboard",
            "a port from 1 to 65535, or 0 for a free one"),
    IGNITE_TASKS_DASHBOARD_HOST(
            "127.0.0.1", "the address of its interface", "the address of an interface of this machine");

    private static final String IPV6 = "\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%\\w+)?]";
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final String IPV4 = "(?:" + BYTE + "\\.){3}" + BYTE;
    private static final String NAME = "(?![0-9.]+(?::|$))[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*";
    private static final Pattern ADDRESS =
            Pattern.compile("(?:" + IPV6 + "|" + IPV4 + "|" + NAME + ")(?::([0-9]{1,5})(?:\\.\\.([0-9]{1,5}))?)?");

    /** A placeholder that the file replaces with the value of another variable or system property. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}:]+)}");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HOST = Pattern.compile("[^\\s\\p{Cntrl},']+");
    private static final int SHOWN = 200; // characters of a value

    private static final long LEAST_PORT = 1024; // Ignite accepts no lower port
    private static final long LARGEST_PORT = 65_535;
    private static final long LEAST_MEMORY = 67_108_864; // the initial size in the node's file
    private static final long LARGEST_MEMORY = 1L << 46; // 64 TiB, more than any machine has

    private final String standard;
    private final String meaning;
    private final String form;

    NodeVariable(String standard, String meaning, String form) {
        this.standard = standard;
        this.meaning = meaning;
        this.form = form;
    }

    /** Returns the help text of this variable. */
    String help() {
        return "  " + name() + " (default: " + standard + ")" + System.lineSeparator() + "      " + meaning;
    }

    /** Returns the value of a variable of this process, or of its system property, as the node's file sees it. */
    static Optional<String> value(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)).filter(not(String::isEmpty)));
    }

    /** Returns whether the program itself uses this variable, whatever the node's file uses. */
    boolean isOfProgram() {
        return isDeclaration() || this == IGNITE_TASKS_DASHBOARD || this == IGNITE_TASKS_DASHBOARD_HOST;
    }

    private boolean isDeclaration() {
        return this == IGNITE_TASKS_ATTRIBUTES || this == IGNITE_TASKS_RESOURCES;
    }

    /**
     * Returns the port of the dashboard; empty if no variable asks for one.
     *
     * @throws IllegalArgumentException if the value is not right; the message has the remedy
     */
    static Optional<Integer> dashboardPort(Function<String, Optional<String>> values) {
        return values.apply(IGNITE_TASKS_DASHBOARD.name())
                .map(value -> resolved(value, values))
                .map(value -> {
                    if (!IGNITE_TASKS_DASHBOARD.isRight(value)) {
                        throw new IllegalArgumentException(IGNITE_TASKS_DASHBOARD.mustBe(value));
                    }
                    return Integer.valueOf(value);
                });
    }

    /** Returns the interface of the dashboard, if a variable has it. */
    static Optional<String> dashboardHost(Function<String, Optional<String>> values) {
        return values.apply(IGNITE_TASKS_DASHBOARD_HOST.name()).map(value -> resolved(value, values));
    }

    /**
     * Returns what the variables of the program declare.
     *
     * @param values the lookup of a variable's value by its name
     * @throws IllegalArgumentException if a value is not right; {@link #problem} tells of it in full
     */
    static NodeAttributes declared(Function<String, Optional<String>> values) {
        NodeAttributes declared = IGNITE_TASKS_ATTRIBUTES.addTo(NodeAttributes.none(), values);
        return IGNITE_TASKS_RESOURCES.addTo(declared, values);
    }

    /**
     * Returns where the servers of the grid are by these variables, for a command that looks at the grid.
     *
     * @param values the lookup of a variable's value by its name
     * @throws IllegalArgumentException if a value is not right; the message has the remedy
     */
    static String addresses(Function<String, Optional<String>> values) {
        for (NodeVariable variable : List.of(IGNITE_TASKS_ADDRESSES, IGNITE_TASKS_PORT)) {
            variable.problem(values).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
        }
        return values.apply(IGNITE_TASKS_ADDRESSES.name())
                .map(addresses -> resolved(addresses, values))
                .orElseGet(() ->
                        "127.0.0.1:" + values.apply(IGNITE_TASKS_PORT.name()).orElse("47500..47519"));
    }

    private NodeAttributes addTo(NodeAttributes declared, Function<String, Optional<String>> values) {
        return values.apply(name())
                .map(value -> resolved(value, values))
                .map(text -> this == IGNITE_TASKS_RESOURCES
                        ? NodeAttributesText.withResources(declared, text)
                        : NodeAttributesText.withAttributes(declared, text))
                .orElse(declared);
    }

    /** Returns a value with those of the variables to which it refers. The node's file does this for the others. */
    private static String resolved(String value, Function<String, Optional<String>> values) {
        return REFERENCE
                .matcher(value)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        values.apply(reference.group(1)).orElse(reference.group())));
    }

    /**
     * Returns what is wrong with the value of this variable, and the remedy; empty if the value is valid or not set.
     *
     * @param values the lookup of a variable's value by its name
     */
    Optional<String> problem(Function<String, Optional<String>> values) {
        return missingReference(values)
                .or(() -> missingAddresses(values))
                .or(() -> isDeclaration() ? wrongDeclaration(values) : wrongValue(values));
    }

    private Optional<String> missingReference(Function<String, Optional<String>> values) {
        return values.apply(name()).stream()
                .flatMap(value -> REFERENCE.matcher(value).results())
                .map(reference -> reference.group(1))
                .filter(other -> values.apply(other).isEmpty())
                .findFirst()
                .map(other ->
                        name() + " refers to '" + shown(other) + "', which is neither a variable that is set nor a"
                                + " system property; set that, or a value without it");
    }

    private Optional<String> missingAddresses(Function<String, Optional<String>> values) {
        return Optional.of(IGNITE_TASKS_HOST.name())
                .filter(host ->
                        this == IGNITE_TASKS_ADDRESSES && values.apply(name()).isEmpty())
                .flatMap(values)
                .filter(NodeVariable::isOneIpv6)
                .map(host ->
                        name() + " must be set where IGNITE_TASKS_HOST is an IPv6 address, from which a node does not"
                                + " reach 127.0.0.1; set it, as in [::1]:47500");
    }

    private Optional<String> wrongValue(Function<String, Optional<String>> values) {
        return values.apply(name())
                .filter(value -> !value.contains("${")) // the file resolves these
                .filter(not(this::isRight))
                .map(this::mustBe);
    }

    private String mustBe(String value) {
        return name() + " must be " + form + ", but is '" + shown(value) + "'; set it so, or not at all";
    }

    private Optional<String> wrongDeclaration(Function<String, Optional<String>> values) {
        try {
            addTo(NodeAttributes.none(), values);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return values.apply(name())
                    .map(value -> name() + " must be " + form + ", but is '" + shown(value) + "': "
                            + shown(String.valueOf(e.getMessage())));
        }
    }

    /** Returns a value on one line and of limited length. */
    private static String shown(String value) {
        String line = value.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    private boolean isRight(String value) {
        return switch (this) {
            case IGNITE_TASKS_HOST, IGNITE_TASKS_DASHBOARD_HOST ->
                HOST.matcher(value).matches();
            case IGNITE_TASKS_PORT, IGNITE_TASKS_COMMUNICATION_PORT -> isNumber(value, LEAST_PORT, LARGEST_PORT);
            case IGNITE_TASKS_DASHBOARD -> isNumber(value, 0, LARGEST_PORT);
            case IGNITE_TASKS_ADDRESSES -> areAddresses(value);
            case IGNITE_TASKS_STORE -> isFolder(value);
            case IGNITE_TASKS_MEMORY -> isNumber(value, LEAST_MEMORY, LARGEST_MEMORY);
            case IGNITE_TASKS_QUORUM -> isNumber(value, 1, Integer.MAX_VALUE);
            default -> true; // TLS is checked as a whole
        };
    }

    private static boolean isOneIpv6(String host) {
        return host.contains(":") && !host.matches("[0:]+"); // all interfaces, including IPv4
    }

    private static boolean areAddresses(String value) {
        String[] addresses = value.split(","); // as the node's file does
        return addresses.length > 0 && Stream.of(addresses).allMatch(NodeVariable::isAddress);
    }

    private static boolean isAddress(String value) {
        Matcher parts = ADDRESS.matcher(value);
        if (!parts.matches()) {
            return false;
        }
        int first = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
        int last = parts.group(2) == null ? first : Integer.parseInt(parts.group(2));
        return first >= 1 && first <= last && last <= LARGEST_PORT;
    }

    private static boolean isFolder(String value) {
        if (value.isBlank()) {
            return false;
        }
        try {
            Path path = Path.of(value).toAbsolutePath();
            while (!Files.exists(path) && path.getParent() != null) {
                path = path.getParent();
            }
            return Files.isDirectory(path) && Files.isWritable(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isNumber(String value, long least, long largest) {
        return NUMBER.matcher(value).matches() && Long.parseLong(value) >= least && Long.parseLong(value) <= largest;
    }
}
