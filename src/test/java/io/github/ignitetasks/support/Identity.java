package io.github.ignitetasks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.cluster.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A key and its self-signed certificate, made for a test.
 *
 * @param name the common name in the certificate
 * @param keyStore the file of the key and the certificate
 */
public record Identity(String name, Path keyStore) {
    /** The password of every file. */
    public static final String PASSWORD = "word-that-nobody-may-see";

    /** Makes an identity for {@code CN=name} in a folder. */
    public static Identity make(Path folder, String name) {
        return make(folder.resolve(name + ".p12"), name, "PKCS12", PASSWORD);
    }

    /** Makes an identity in a key store file of this type. The key has this password. */
    public static Identity make(Path file, String name, String type, String keyPassword) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-J-XX:TieredStopAtLevel=1", "-keyalg", "EC", "-dname", "CN=" + name));
        command.addAll(List.of("-alias", name, "-keystore", file.toString(), "-storetype", type));
        command.addAll(List.of("-storepass", PASSWORD, "-keypass", keyPassword));
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
            if (keytool.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return new Identity(name, file);
    }

    /** Writes a trust store with the certificates of these identities alone. */
    public static Path trust(Path file, Identity... trusted) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            for (Identity one : trusted) {
                KeyStore keys = KeyStore.getInstance(one.keyStore.toFile(), PASSWORD.toCharArray());
                certificates.setCertificateEntry(one.name, keys.getCertificate(one.name));
            }
            certificates.store(out, PASSWORD.toCharArray());
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the TLS settings of this identity with this trust store. */
    public Tls trusting(Path trustStore) {
        return Tls.builder()
                .keyStore(keyStore, PASSWORD)
                .trustStore(trustStore, PASSWORD)
                .build();
    }

    /** Returns the same settings as environment variables. */
    public Map<String, String> environmentTrusting(Path trustStore) {
        return Map.of(
                "IGNITE_TASKS_KEY_STORE",
                keyStore.toString(),
                "IGNITE_TASKS_KEY_STORE_PASSWORD",
                PASSWORD,
                "IGNITE_TASKS_TRUST_STORE",
                trustStore.toString(),
                "IGNITE_TASKS_TRUST_STORE_PASSWORD",
                PASSWORD);
    }
}
