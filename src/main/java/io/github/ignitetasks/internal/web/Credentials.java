package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * The secrets of a server: the token of its link, and the value of the cookie that a browser gets for the token.
 * Comparisons take the same time for each wrong value. Immutable, safe to share.
 */
final class Credentials {
    private static final int BYTES = 24;

    /** How long a browser keeps the cookie after it last loaded the page. */
    private static final Duration COOKIE_AGE = Duration.ofDays(1);

    private final String token;
    private final String cookie;
    private final String cookieName;

    private Credentials(String token, String cookie, String cookieName) {
        this.token = token;
        this.cookie = cookie;
        this.cookieName = cookieName;
    }

    /** Returns new secrets for a server with this port. Cookies do not separate ports, so their name has the port. */
    static Credentials ofPort(int port) {
        SecureRandom random = new SecureRandom();
        return new Credentials(secret(random), secret(random), "ignitetasks-" + port);
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the token. */
    String token() {
        return token;
    }

    /** Returns whether this is the token. */
    boolean isToken(String given) {
        return same(token, given);
    }

    /** Returns whether a request has the cookie. */
    boolean hasCookie(Headers request) {
        boolean found = false;
        for (String header : request.getOrDefault("Cookie", List.of())) {
            for (String part : header.split(";", -1)) {
                String pair = part.strip();
                if (pair.startsWith(cookieName + "=")) {
                    found |= same(cookie, withoutQuotes(pair.substring(cookieName.length() + 1)));
                }
            }
        }
        return found;
    }

    /**
     * Returns the header that gives a browser the cookie. It names no path, so the browser sends the cookie only below
     * the path of the page, which a proxy may have chosen.
     */
    String setCookie() {
        return cookieName + "=" + cookie + "; HttpOnly; SameSite=Strict; Max-Age=" + COOKIE_AGE.toSeconds();
    }

    /** Removes the quotes that some clients put around a value. */
    private static String withoutQuotes(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean same(String secret, String given) {
        return MessageDigest.isEqual(secret.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
