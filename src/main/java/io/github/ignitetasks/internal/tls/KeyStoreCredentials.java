package io.github.ignitetasks.internal.tls;

import java.util.List;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.net.ssl.SSLContext;
import org.apache.ignite.ssl.SslContextFactory;

/**
 * Credentials from files of the user.
 *
 * @param key the file with the private key of the node
 * @param trusted the file with the certificates that the node trusts
 */
record KeyStoreCredentials(KeyStoreFile key, KeyStoreFile trusted) implements Credentials {

    @Override
    public Factory<SSLContext> sslContextFactory() {
        SslContextFactory factory = new SslContextFactory();
        factory.setProtocols(NodeTls.VERSION);
        factory.setKeyStoreType(key.type());
        factory.setKeyStoreFilePath(key.path());
        factory.setKeyStorePassword(key.password().toCharArray());
        factory.setTrustStoreType(trusted.type());
        factory.setTrustStoreFilePath(trusted.path());
        factory.setTrustStorePassword(trusted.password().toCharArray());
        return factory;
    }

    @Override
    public Stream<String> toWords() {
        return Stream.concat(key.toWords(), trusted.toWords());
    }

    static KeyStoreCredentials ofWords(List<String> words) {
        int half = words.size() / 2;
        return new KeyStoreCredentials(
                KeyStoreFile.ofWords(words.subList(0, half)), KeyStoreFile.ofWords(words.subList(half, words.size())));
    }

    @Override
    public String toString() {
        return "[keyStore=" + key + ", trustStore=" + trusted + "]";
    }
}
