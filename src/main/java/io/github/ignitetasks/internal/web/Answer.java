package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.ignitetasks.internal.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer to a request. Immutable; nobody changes its content.
 *
 * @param status the HTTP status
 * @param headers its headers, beside those of all answers
 * @param content the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
record Answer(int status, Map<String, String> headers, byte[] content) {
    private static final Map<String, String> SAFETY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri"
                    + " 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    Answer {
        headers = Map.copyOf(headers);
    }

    /** Returns an answer of this type. */
    static Answer of(int status, String contentType, byte[] content) {
        return new Answer(status, Map.of("Content-Type", contentType), content);
    }

    /** Returns an answer of plain text. */
    static Answer text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(UTF_8));
    }

    /** Returns an answer of JSON. */
    static Answer json(int status, String json) {
        return of(status, "application/json", json.getBytes(UTF_8));
    }

    /** Returns an answer of JSON that tells an error. */
    static Answer error(int status, String message) {
        return json(status, new JsonObject().with("error", message).toString());
    }

    /** Returns this answer with one more header. */
    Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, content);
    }

    /** Adds the headers that every answer has. */
    static void makeSafe(Headers headers) {
        SAFETY.forEach(headers::set);
    }

    /** Sends this answer, and ends the exchange. */
    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        if (content.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, content.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(content);
        }
    }
}
