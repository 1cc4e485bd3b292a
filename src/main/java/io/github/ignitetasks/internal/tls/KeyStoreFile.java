package io.github.ignitetasks.internal.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.ignite.ssl.SslContextFactory;

/**
 * A file of keys or certificates, and its password. {@link #toString} does not reveal the password.
 *
 * @param path the absolute path of the file
 * @param type the format of the file, by Java's name for it
 * @param password the password of both the file and its keys
 */
public record KeyStoreFile(String path, String type, String password) implements Serializable {
    private static final String ANY_KEY_EXCHANGE = "UNKNOWN";

    /**
     * Returns a file after checking that it has a private key.
     *
     * @param setting the user's name for the setting
     * @throws IllegalArgumentException if the file has no private key, or cannot be read; the message names the setting
     *     and the file
     */
    public static KeyStoreFile ofKeys(String setting, Path file, String password) {
        KeyStore store = read(setting, file, password);
        String what = setting + " '" + file + "' ";
        try {
            if (keys(store).isEmpty()) {
                throw new IllegalArgumentException(
                        what + "has no private key; give the file with the key that belongs to the certificate");
            }
            for (String key : keys(store)) {
                store.getKey(key, password.toCharArray());
            }
        } catch (UnrecoverableKeyException e) {
            throw new IllegalArgumentException(
                    what + "has a key of another password than its own; give both the same", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(what + "has a key that this Java cannot read; give another", e);
        }
        return new KeyStoreFile(file.toAbsolutePath().toString(), store.getType(), password);
    }

    /**
     * Returns a file after checking that it has a certificate.
     *
     * @param setting the user's name for the setting
     * @throws IllegalArgumentException if the file has no certificate, or cannot be read; the message names the setting
     *     and the file
     */
    public static KeyStoreFile ofCertificates(String setting, Path file, String password) {
        KeyStore store = read(setting, file, password);
        if (aliases(store).isEmpty()) {
            throw new IllegalArgumentException(setting + " '" + file
                    + "' has no certificate that is marked as trusted; add one with keytool -importcert");
        }
        return new KeyStoreFile(file.toAbsolutePath().toString(), store.getType(), password);
    }

    private static KeyStore read(String setting, Path file, String password) {
        String what = setting + " '" + file + "' ";
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(what + "is missing (looked for " + file.toAbsolutePath()
                    + "); give the path of a PKCS12 or JKS file");
        }
        try {
            return KeyStore.getInstance(file.toFile(), password.toCharArray());
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException(
                    what + "is no PKCS12 or JKS file; make one of PEM files with openssl pkcs12 -export", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? what + "does not open with the password that was given with it; check that"
                            : what + "cannot be read (" + e + "); give another",
                    e);
        }
    }

    /** Returns the certificate chain of each key in the file. */
    List<X509Certificate[]> chains() {
        KeyStore store = open();
        List<X509Certificate[]> chains = new ArrayList<>();
        try {
            for (String key : keys(store)) {
                chains.add(Stream.of(store.getCertificateChain(key))
                        .map(X509Certificate.class::cast)
                        .toArray(X509Certificate[]::new));
            }
        } catch (KeyStoreException e) {
            throw new IllegalStateException("a key store that is open can be read", e);
        }
        return chains;
    }

    /**
     * Returns whether a node that trusts this file accepts a key of the other file, both as a client and as a server.
     */
    boolean trusts(KeyStoreFile other) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(SslContextFactory.DFLT_KEY_ALGORITHM);
            factory.init(open());
            X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
            for (X509Certificate[] chain : other.chains()) {
                manager.checkClientTrusted(chain, ANY_KEY_EXCHANGE);
                manager.checkServerTrusted(chain, ANY_KEY_EXCHANGE);
            }
            return true;
        } catch (CertificateException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has what checks certificates", e);
        }
    }

    /** Returns the file as words of text. The words are encoded but not encrypted. */
    Stream<String> toWords() {
        return Stream.of(path, type, password).map(text -> Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    static KeyStoreFile ofWords(List<String> words) {
        List<String> texts = words.stream()
                .map(word -> new String(Base64.getDecoder().decode(word), UTF_8))
                .toList();
        return new KeyStoreFile(texts.get(0), texts.get(1), texts.get(2));
    }

    private KeyStore open() {
        try {
            return KeyStore.getInstance(Path.of(path).toFile(), password.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + path + " any more: " + e.getMessage(), e);
        }
    }

    private static List<String> keys(KeyStore store) throws KeyStoreException {
        List<String> keys = new ArrayList<>();
        for (String alias : aliases(store)) {
            if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                keys.add(alias);
            }
        }
        return keys;
    }

    private static List<String> aliases(KeyStore store) {
        try {
            return Collections.list(store.aliases());
        } catch (KeyStoreException e) {
            throw new IllegalStateException("a key store that is open can be read", e);
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
