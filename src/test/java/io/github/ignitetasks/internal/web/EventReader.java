package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.internal.web.RawHttp.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page that reads the stream of events. */
final class EventReader implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("\\{\"n\":(\\d+).*");

    private final Socket socket;
    private final BufferedReader lines;
    private final Reply head;

    /** Sends the request, in HTTP 1.0, so that the answer comes without chunks. */
    EventReader(int port, String target, String cookie) throws IOException {
        socket = RawHttp.connect(port);
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n" + cookie + "\r\n\r\n")
                        .getBytes(UTF_8));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        head = new Reply(readHead(), "");
    }

    private String readHead() throws IOException {
        StringBuilder text = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.isEmpty()) {
            text.append(line).append('\n');
            line = lines.readLine();
        }
        return text.toString();
    }

    /** Returns the status and the headers of the answer. */
    Reply head() {
        return head;
    }

    int status() {
        return head.status();
    }

    /** Returns the next event, as its type, a space, and its data; an empty text at the end of the stream. */
    String next() throws IOException {
        String type = "";
        String line = line();
        while (!line.isEmpty()) {
            if (line.startsWith("event: ")) {
                type = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                return type + " " + line.substring("data: ".length());
            }
            line = line();
        }
        return "";
    }

    /** Returns the number of the next frame; 0 at the end of the stream. */
    int nextFrame() throws IOException {
        String event = next();
        Matcher matcher = NUMBER.matcher(event.substring(event.indexOf(' ') + 1));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Returns the next line that has something in it; an empty text at the end of the stream. */
    String line() throws IOException {
        try {
            String line = lines.readLine();
            while (line != null && line.isEmpty()) {
                line = lines.readLine();
            }
            return line == null ? "" : line;
        } catch (SocketException e) {
            return ""; // closed by the server while something was unread
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
