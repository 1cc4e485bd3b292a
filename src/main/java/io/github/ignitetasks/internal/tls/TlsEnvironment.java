package io.github.ignitetasks.internal.tls;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.joining;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The environment variables of TLS.
 *
 * @param variables the lookup of a variable's value by its name
 */
public record TlsEnvironment(Function<String, Optional<String>> variables) {
    private static final String KEY_STORE = "IGNITE_TASKS_KEY_STORE";
    private static final String TRUST_STORE = "IGNITE_TASKS_TRUST_STORE";
    private static final String PASSWORD = "_PASSWORD";
    private static final List<String> ALL =
            List.of(KEY_STORE, KEY_STORE + PASSWORD, TRUST_STORE, TRUST_STORE + PASSWORD);

    /**
     * Returns the TLS of the variables; no TLS if none is set.
     *
     * @throws IllegalArgumentException if only some are set, or a file cannot be used; the message names the variable
     */
    public NodeTls read() {
        List<String> missing = ALL.stream().filter(name -> get(name).isEmpty()).toList();
        if (missing.equals(ALL)) {
            return NodeTls.none();
        }
        if (!missing.isEmpty()) {
            String present = ALL.stream().filter(not(missing::contains)).collect(joining(" and "));
            throw new IllegalArgumentException(
                    String.join(" and ", missing) + " must be set where " + present + " is: TLS needs all four");
        }
        return new NodeTls(
                KeyStoreFile.ofKeys(KEY_STORE, path(KEY_STORE), value(KEY_STORE + PASSWORD)),
                KeyStoreFile.ofCertificates(TRUST_STORE, path(TRUST_STORE), value(TRUST_STORE + PASSWORD)));
    }

    private Path path(String name) {
        try {
            return Path.of(value(name));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(name + " is no path of a file: " + e.getMessage() + "; set another", e);
        }
    }

    private String value(String name) {
        return get(name).orElseThrow();
    }

    /**
     * Returns a value, treating empty as not set. A compose file passes a variable that is not set as an empty string.
     */
    private Optional<String> get(String name) {
        return variables.apply(name).filter(not(String::isEmpty));
    }
}
