package io.github.ignitetasks.internal.tls;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;

/** Who a node is, and whom it trusts. Immutable; its text has no secret in it. */
sealed interface Credentials extends Serializable permits KeyStoreCredentials, OneTimeCredentials {

    /** Returns what Ignite makes its connections with. */
    Factory<SSLContext> sslContextFactory();

    /** Returns it as words of a text, secrets and all. */
    Stream<String> toWords();

    /** Returns what {@link #toWords} has written. */
    static Credentials ofWords(List<String> words) {
        return words.size() == OneTimeCredentials.WORDS
                ? OneTimeCredentials.ofWords(words)
                : KeyStoreCredentials.ofWords(words);
    }
}
