package io.github.ignitetasks.internal.tls;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;

/**
 * The credentials of a node: its own certificate and the certificates that it trusts. Immutable. {@link
 * Object#toString} reveals no secret.
 */
sealed interface Credentials extends Serializable permits KeyStoreCredentials, OneTimeCredentials {

    /** Returns the factory of SSL contexts for Ignite's connections. */
    Factory<SSLContext> sslContextFactory();

    /** Returns the credentials as words of text, including secrets. */
    Stream<String> toWords();

    /** Parses the words that {@link #toWords} returns. */
    static Credentials ofWords(List<String> words) {
        return words.size() == OneTimeCredentials.WORDS
                ? OneTimeCredentials.ofWords(words)
                : KeyStoreCredentials.ofWords(words);
    }
}
