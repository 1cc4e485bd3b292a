package io.github.ignitetasks.node;

import static java.util.function.Predicate.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the node's file takes from the environment, or from system properties of the same names. */
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
    IGNITE_TASKS_MEMORY("268435456", "the memory for records, in bytes", "a number of bytes from 67108864 (64 MiB)"),
    IGNITE_TASKS_QUORUM("1", "how many servers the grid must have to record anything", "a whole number from 1");

    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[^\\]]+]|[^:\\s'\\[\\]]+)(?::(\\d{1,5})(?:\\.\\.(\\d{1,5}))?)?");

    private static final long LEAST_PORT = 1024; // Ignite takes none below
    private static final long LARGEST_PORT = 65_535;
    private static final long LEAST_MEMORY = 67_108_864; // with which the node's file starts

    private final String standard;
    private final String meaning;
    private final String form;

    NodeVariable(String standard, String meaning, String form) {
        this.standard = standard;
        this.meaning = meaning;
        this.form = form;
    }

    /** Returns what the help says about it. */
    String help() {
        return "  " + name() + " (default: " + standard + ")" + System.lineSeparator() + "      " + meaning;
    }

    /** Returns the value of a variable of this process, or of its system property, as the node's file gets it. */
    static Optional<String> value(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)).filter(not(String::isEmpty)));
    }

    /**
     * Returns what is wrong with its value, and what to set; empty if it is right, or has none.
     *
     * @param values gives the value of a variable by its name, if it has one
     */
    Optional<String> problem(Function<String, Optional<String>> values) {
        return values.apply(name())
                .filter(value -> !value.contains("${")) // which the file resolves
                .filter(not(this::isRight))
                .map(value -> name() + " must be " + form + ", but is '" + value + "'; set it so, or not at all");
    }

    private boolean isRight(String value) {
        return switch (this) {
            case IGNITE_TASKS_HOST -> !value.contains(" ");
            case IGNITE_TASKS_PORT, IGNITE_TASKS_COMMUNICATION_PORT -> isNumber(value, LEAST_PORT, LARGEST_PORT);
            case IGNITE_TASKS_ADDRESSES ->
                Pattern.compile(",").splitAsStream(value).allMatch(NodeVariable::isAddress);
            case IGNITE_TASKS_STORE -> isFolder(value);
            case IGNITE_TASKS_MEMORY -> isNumber(value, LEAST_MEMORY, Long.MAX_VALUE);
            case IGNITE_TASKS_QUORUM -> isNumber(value, 1, Integer.MAX_VALUE);
            default -> true; // TLS is checked as a whole
        };
    }

    private static boolean isAddress(String value) {
        Matcher parts = ADDRESS.matcher(value);
        if (!parts.matches()) {
            return false;
        }
        int first = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
        int last = parts.group(3) == null ? first : Integer.parseInt(parts.group(3));
        return first >= 1 && first <= last && last <= LARGEST_PORT;
    }

    private static boolean isFolder(String value) {
        Path path = Path.of(value).toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return Files.isDirectory(path) && Files.isWritable(path);
    }

    private static boolean isNumber(String value, long least, long largest) {
        try {
            long number = Long.parseLong(value);
            return number >= least && number <= largest;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
