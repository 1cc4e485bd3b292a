package io.github.ignitetasks.internal.tls;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.joining;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The variables that tell of TLS.
 *
 * @param variables gives the value of a variable by its name, if it has one
 */
public record TlsEnvironment(Function<String, Optional<String>> variables) {
    private static final String KEY_STORE = "IGNITE_TASKS_KEY_STORE";
    private static final String TRUST_STORE = "IGNITE_TASKS_TRUST_STORE";
    private static final String PASSWORD = "_PASSWORD";
    private static final List<String> ALL =
            List.of(KEY_STORE, KEY_STORE + PASSWORD, TRUST_STORE, TRUST_STORE + PASSWORD);

    /**
     * Returns what they say; no TLS, if none is there.
     *
     * @throws IllegalArgumentException if some are missing, or a file is not right; the message names the variable
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

    /** Empty text counts as none: that is how a compose file passes on what its own environment does not have. */
    private Optional<String> get(String name) {
        return variables.apply(name).filter(not(String::isEmpty));
    }
}
