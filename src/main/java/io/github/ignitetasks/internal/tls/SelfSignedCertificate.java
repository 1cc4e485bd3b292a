package io.github.ignitetasks.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import javax.security.auth.x500.X500Principal;

/**
 * A self-signed X.509 certificate. The JDK reads certificates, but has no public class that creates them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">the structure in RFC 5280</a>, which is encoded in
 *     DER
 */
final class SelfSignedCertificate {
    private static final int SERIAL_BITS = 64;

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;

    private static final String ALGORITHM = "SHA256withECDSA";

    /** The content of the algorithm's object identifier, 1.2.840.10045.4.3.2 (RFC 5758). */
    private static final byte[] ALGORITHM_ID = {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02};

    /** The start of the validity, which is earlier than any clock. */
    private static final String FROM = "700101000000Z";

    /** The end of the validity. This value means that the certificate does not expire. */
    private static final String UNTIL = "99991231235959Z";

    private SelfSignedCertificate() {}

    /**
     * Creates a certificate that does not expire.
     *
     * @param name the distinguished name of the subject
     * @param keys a key pair of an elliptic curve
     * @return the certificate in DER
     */
    static byte[] encode(String name, KeyPair keys) throws GeneralSecurityException {
        byte[] algorithm = der(SEQUENCE, der(OBJECT_IDENTIFIER, ALGORITHM_ID));
        byte[] subject = new X500Principal(name).getEncoded();
        byte[] validity =
                der(SEQUENCE, der(UTC_TIME, FROM.getBytes(US_ASCII)), der(GENERALIZED_TIME, UNTIL.getBytes(US_ASCII)));
        byte[] content = der(
                SEQUENCE,
                der(INTEGER, new BigInteger(SERIAL_BITS, new SecureRandom()).toByteArray()),
                algorithm,
                subject, // the issuer
                validity,
                subject,
                keys.getPublic().getEncoded());
        return der(SEQUENCE, content, algorithm, der(BIT_STRING, new byte[] {0}, sign(content, keys)));
    }

    private static byte[] sign(byte[] content, KeyPair keys) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(keys.getPrivate());
        signature.update(content);
        return signature.sign();
    }

    /** Returns a value in DER: its tag, its length, and its concatenated parts. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        writeLength(value, content.size());
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    /** Writes a length. A length up to 127 takes one byte. A larger length follows the number of its bytes. */
    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        int bytes = length < 0x100 ? 1 : 2; // no certificate has 64 KB
        out.write(0x80 | bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write(length >> shift);
        }
    }
}
