package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.internal.tls.NodeTls;
import io.github.ignitetasks.internal.tls.TlsEnvironment;
import io.github.ignitetasks.support.Identity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
    @TempDir
    private static Path folder;

    private static Identity node;
    private static Identity other;
    private static Path trustsNode;
    private static Path trustsOther;

    @BeforeAll
    static void makeIdentities() {
        node = Identity.make(folder, "node");
        other = Identity.make(folder.resolve("other.jks"), "other", "JKS", Identity.PASSWORD);
        trustsNode = Identity.trust(folder.resolve("trusts-node.p12"), node);
        trustsOther = Identity.trust(folder.resolve("trusts-other.p12"), other);
    }

    @Test
    void filesOfEitherFormatMakeAContext() {
        assertThat(contextOf(node.trusting(trustsOther))).isNotNull();
        assertThat(contextOf(other.trusting(trustsNode))).isNotNull();
    }

    @Test
    void versionIsTheOneWithWhichConnectionsDoNotStandStill() {
        SSLContext context = contextOf(node.trusting(trustsNode));

        assertThat(context.createSSLEngine().getEnabledProtocols()).containsExactly("TLSv1.2");
    }

    @Test
    void noTlsHasNoContext() {
        assertThat(Tls.none().sslContextFactory()).isEmpty();
    }

    @Test
    void fileThatIsMissingIsRefusedNamingIt() {
        Path missing = folder.resolve("missing.p12");

        assertRefused(() -> Tls.builder().keyStore(missing, "word"), "keyStore '" + missing + "' is missing");
        assertRefused(() -> Tls.builder().trustStore(missing, "word"), "trustStore '" + missing + "' is missing");
    }

    @Test
    void wrongPasswordIsRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.builder().keyStore(node.keyStore(), "wrong-word"))
                .withMessage("keyStore '" + node.keyStore()
                        + "' does not open with the password that was given with it;" + " check that");
        assertRefused(
                () -> Tls.builder().trustStore(other.keyStore(), "wrong-word"),
                "trustStore '" + other.keyStore() + "' does not open with the password");
    }

    @Test
    void fileThatIsNoKeyStoreIsRefusedSayingHowToMakeOne() throws IOException {
        Path text = Files.writeString(folder.resolve("certificate.pem"), "-----BEGIN CERTIFICATE-----\n");

        assertRefused(
                () -> Tls.builder().keyStore(text, "word"),
                "keyStore '" + text + "' is no PKCS12 or JKS file; make one of PEM files with openssl pkcs12 -export");
    }

    @Test
    void fileThatIsCutShortIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(node.keyStore());
        Path cut = Files.write(folder.resolve("cut.p12"), Arrays.copyOf(whole, whole.length / 2));

        assertRefused(() -> Tls.builder().keyStore(cut, Identity.PASSWORD), "keyStore '" + cut + "' cannot be read");
    }

    @Test
    void keyStoreWithoutAPrivateKeyIsRefused() {
        assertRefused(
                () -> Tls.builder().keyStore(trustsNode, Identity.PASSWORD),
                "keyStore '" + trustsNode + "' has no private key");
    }

    @Test
    void keyOfAnotherPasswordThanItsFileIsRefused() {
        Identity locked = Identity.make(folder.resolve("locked.jks"), "locked", "JKS", "another-word");

        assertRefused(
                () -> Tls.builder().keyStore(locked.keyStore(), Identity.PASSWORD),
                "keyStore '" + locked.keyStore() + "' has a key of another password than its own");
    }

    @Test
    void trustStoreWithoutACertificateIsRefused() {
        Path empty = Identity.trust(folder.resolve("empty.p12"));

        assertRefused(
                () -> Tls.builder().trustStore(empty, Identity.PASSWORD),
                "trustStore '" + empty + "' has no certificate that is marked as trusted");
    }

    @Test
    void eachOfBothFilesIsNeeded() {
        assertRefused(
                () -> Tls.builder().trustStore(trustsNode, Identity.PASSWORD).build(), "keyStore is not set");
        assertRefused(
                () -> Tls.builder().keyStore(node.keyStore(), Identity.PASSWORD).build(), "trustStore is not set");
    }

    @Test
    void clusterWhoseNodesWouldNotLetEachOtherInIsRefusedNamingBothFiles() {
        assertRefused(
                () -> LocalCluster.builder().tls(node.trusting(trustsOther)),
                "trustStore '" + trustsOther + "' does not trust the certificate of keyStore '" + node.keyStore()
                        + "'");
    }

    @Test
    void everyFileCountsInEquality() {
        Tls tls = node.trusting(trustsNode);

        assertThat(tls)
                .isEqualTo(node.trusting(trustsNode))
                .hasSameHashCodeAs(node.trusting(trustsNode))
                .isNotEqualTo(node.trusting(trustsOther))
                .isNotEqualTo(other.trusting(trustsNode))
                .isNotEqualTo(Tls.none());
        assertThat(LocalCluster.builder().tls(tls).build())
                .isNotEqualTo(LocalCluster.builder().build());
    }

    @Test
    void textNamesTheFilesAndNotThePasswords() {
        Tls tls = node.trusting(trustsNode);

        assertThat(tls.toString())
                .contains(node.keyStore().toString(), trustsNode.toString())
                .doesNotContain(Identity.PASSWORD);
        assertThat(LocalCluster.builder().tls(tls).build().toString()).doesNotContain(Identity.PASSWORD);
        assertThat(tls.sslContextFactory().orElseThrow().toString()).doesNotContain(Identity.PASSWORD);
    }

    @Test
    void whatIsReadIsEqualToWhatWasWritten() throws Exception {
        Tls tls = node.trusting(trustsNode);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(tls);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(tls);
        }
    }

    @Test
    void lineThatAProcessReadsIsWhatWasWritten() {
        Tls tls = node.trusting(trustsOther);

        assertThat(NodeTls.ofLine(tls.nodeTls().toLine())).isEqualTo(tls.nodeTls());
        assertThat(NodeTls.ofLine(NodeTls.none().toLine())).isEqualTo(NodeTls.none());
    }

    @Test
    void environmentThatSaysNothingIsNoTls() {
        assertThat(new TlsEnvironment(name -> Optional.empty()).read()).isEqualTo(NodeTls.none());
        assertThat(new TlsEnvironment(name -> Optional.of("")).read()).isEqualTo(NodeTls.none());
    }

    @Test
    void environmentSaysTheSameAsABuilder() {
        assertThat(read(node.environmentTrusting(trustsOther))).isEqualTo(node.trusting(trustsOther));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IGNITE_TASKS_KEY_STORE",
                "IGNITE_TASKS_KEY_STORE_PASSWORD",
                "IGNITE_TASKS_TRUST_STORE",
                "IGNITE_TASKS_TRUST_STORE_PASSWORD"
            })
    void variableThatIsMissingIsRefusedByItsName(String variable) {
        Map<String, String> environment = new HashMap<>(node.environmentTrusting(trustsNode));
        environment.remove(variable);

        assertRefused(() -> read(environment), variable + " must be set where IGNITE_TASKS_");
    }

    @Test
    void fileOfTheEnvironmentThatIsNotRightIsRefusedByTheNameOfItsVariable() {
        Map<String, String> environment = new HashMap<>(node.environmentTrusting(trustsNode));
        environment.put("IGNITE_TASKS_TRUST_STORE", "nowhere.p12");

        assertRefused(() -> read(environment), "IGNITE_TASKS_TRUST_STORE 'nowhere.p12' is missing");
    }

    private static Tls read(Map<String, String> environment) {
        return Tls.of(new TlsEnvironment(name -> Optional.ofNullable(environment.get(name))).read());
    }

    private static SSLContext contextOf(Tls tls) {
        return tls.sslContextFactory().orElseThrow().create();
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(message);
    }
}
