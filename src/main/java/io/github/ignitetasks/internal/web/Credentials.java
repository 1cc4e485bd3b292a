package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of a server: the path of its page, the token of its link, and the value of the cookie that a browser gets
 * for the token. Comparisons take the same time for each wrong value. Immutable, safe to share.
 */
final class Credentials {
    private static final int BYTES = 24;
    private static final String COOKIE = "ignitetasks";

    private final String page;
    private final String token;
    private final String cookie;

    private Credentials(String page, String token, String cookie) {
        this.page = page;
        this.token = token;
        this.cookie = cookie;
    }

    /** Returns new secrets. */
    static Credentials create() {
        SecureRandom random = new SecureRandom();
        return new Credentials("/" + secret(random) + "/", secret(random), secret(random));
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Returns the path of the page, which begins and ends with a slash. Cookies do not separate ports. A path that no other
     * server knows keeps the cookie from the servers on other ports of the machine.
     */
    String page() {
        return page;
    }

    /** Returns what a path names below the page, beginning with a slash; empty if the path is not there. */
    Optional<String> pathBelowPage(String path) {
        boolean isBelow = path.length() >= page.length() && same(page, path.substring(0, page.length()));
        return isBelow ? Optional.of(path.substring(page.length() - 1)) : Optional.empty();
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
                if (pair.startsWith(COOKIE + "=")) {
                    found |= same(cookie, withoutQuotes(pair.substring(COOKIE.length() + 1)));
                }
            }
        }
        return found;
    }

    /**
     * Returns the header that gives a browser the cookie, until the browser ends. It names no path, so the browser sends
     * the cookie only below the path of the page, in front of which a proxy may have put another one.
     */
    String setCookie() {
        return COOKIE + "=" + cookie + "; HttpOnly; SameSite=Strict";
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
