package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.Deadlines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Sends requests byte by byte, as no HTTP client would. */
final class RawHttp {
    private RawHttp() {}

    /**
     * An answer as it came.
     *
     * @param head the status line and the headers
     * @param body what follows
     */
    record Reply(String head, String body) {
        private static Reply parse(String text) {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? new Reply(text, "") : new Reply(text.substring(0, end), text.substring(end + 4));
        }

        /** Returns the status; 0 if the server closed the connection without an answer. */
        int status() {
            return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ", 3)[1]);
        }

        Optional<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ": ";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .findFirst();
        }
    }

    /** Returns a connection whose reads fail after a long time. */
    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1_024);
        socket.setSoTimeout((int) Deadlines.PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** Sends a text, and returns what comes until the server closes the connection. */
    static Reply send(int port, String request) throws IOException {
        try (Socket socket = connect(port)) {
            try {
                socket.getOutputStream().write(request.getBytes(UTF_8));
            } catch (SocketException e) {
                return new Reply("", ""); // closed by the server before it had read everything
            }
            return awaitEnd(socket);
        }
    }

    /** Returns what comes until the server closes the connection. */
    static Reply awaitEnd(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketException e) {
            return Reply.parse(bytes.toString(ISO_8859_1)); // closed while something was unread
        }
        return Reply.parse(bytes.toString(UTF_8));
    }

    /** Returns a request that names the server's own host, with these further headers. */
    static String get(int port, String target, String... headers) {
        return request("GET", target, concat("Host: 127.0.0.1:" + port, headers));
    }

    /** Returns a request with these headers alone. */
    static String request(String method, String target, List<String> headers) {
        return method + " " + target + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static List<String> concat(String first, String... others) {
        return Stream.concat(Stream.of(first), Arrays.stream(others)).toList();
    }
}
