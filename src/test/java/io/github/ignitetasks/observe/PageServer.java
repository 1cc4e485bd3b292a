package io.github.ignitetasks.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openqa.selenium.json.Json;

/**
 * A server that gives the page of the dashboard to browsers, with frames that a test chooses. It answers with the security
 * headers of the real one. Closing it ends its threads. Safe to share between threads.
 */
final class PageServer implements AutoCloseable {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Object lock = new Object();

    /** What was sent to the pages, oldest first. Guarded by the lock. */
    private final List<String> events = new ArrayList<>();

    /** Answers to questions, by path with query. Guarded by the lock. */
    private final Map<String, String> answers = new HashMap<>();

    /** Which connections are to end: those that are older. Guarded by the lock. */
    private int generation;

    private boolean isRefusing;
    private String refusal = "";
    private int connections;

    private PageServer(HttpServer server) {
        this.server = server;
    }

    /** Starts a server on a free port of the loopback interface. */
    static PageServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PageServer pages = new PageServer(server);
        server.setExecutor(pages.threads);
        server.createContext("/", pages::answer);
        server.start();
        return pages;
    }

    /** Returns the address of the page. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Forgets all frames and answers, for the next test. */
    void reset() {
        synchronized (lock) {
            events.clear();
            answers.clear();
            isRefusing = false;
            generation++;
            lock.notifyAll();
        }
    }

    /** Sends a frame to all pages. A page that comes later gets the last one. */
    void show(Map<String, Object> frame) {
        send("frame", frame);
    }

    /** Tells all pages that the session has ended. */
    void end(Map<String, Object> frame) {
        send("end", frame);
    }

    private void send(String event, Map<String, Object> frame) {
        synchronized (lock) {
            events.add("event: " + event + "\ndata: " + FrameParts.toJson(frame) + "\n\n");
            lock.notifyAll();
        }
    }

    /** Answers a question such as {@code task} about a key from now on. */
    void answer(String question, String key, Map<String, Object> answer) {
        synchronized (lock) {
            answers.put("/" + question + "?" + key, new Json().toJson(answer));
        }
    }

    /** Ends all connections, and refuses new ones without a text until {@link #accept}. */
    void refuse() {
        refuse("");
    }

    /** Ends all connections, and refuses new ones with this text until {@link #accept}. */
    void refuse(String text) {
        synchronized (lock) {
            refusal = text;
            isRefusing = true;
            generation++;
            lock.notifyAll();
        }
    }

    /** Accepts connections again. */
    void accept() {
        synchronized (lock) {
            isRefusing = false;
        }
    }

    /** Returns how many pages listen now. */
    int connections() {
        synchronized (lock) {
            return connections;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/" -> send(exchange, 200, "text/html; charset=utf-8", PageAssets.read("index.html"));
                case "/events" -> sendEvents(exchange);
                case "/task", "/stack" -> sendAnswer(exchange, path);
                default -> send(exchange, 200, typeOf(path), PageAssets.read(path.substring("/assets/".length())));
            }
        }
    }

    private static String typeOf(String path) {
        return path.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
    }

    private void sendAnswer(HttpExchange exchange, String path) throws IOException {
        String key = URLDecoder.decode(exchange.getRequestURI().getRawQuery().substring("key=".length()), UTF_8);
        String answer;
        synchronized (lock) {
            answer = answers.getOrDefault(path + "?" + key, new Json().toJson(Map.of("key", key, "status", "UNKNOWN")));
        }
        send(exchange, 200, "application/json", answer);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void sendEvents(HttpExchange exchange) throws IOException {
        int own;
        synchronized (lock) {
            if (isRefusing) {
                send(exchange, 503, "text/plain; charset=utf-8", refusal);
                return;
            }
            own = generation;
            connections++;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write("retry: 100\n\n".getBytes(UTF_8));
            body.flush();
            int next = Math.max(0, sent() - 1);
            for (String event = take(next, own); !event.isEmpty(); event = take(++next, own)) {
                body.write(event.getBytes(UTF_8));
                body.flush();
            }
        } finally {
            synchronized (lock) {
                connections--;
                lock.notifyAll();
            }
        }
    }

    private int sent() {
        synchronized (lock) {
            return events.size();
        }
    }

    /** Waits for an event, and returns it; empty if the connection is to end. */
    private String take(int index, int own) {
        synchronized (lock) {
            while (own == generation && index >= events.size()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    return "";
                }
            }
            return own == generation ? events.get(index) : "";
        }
    }

    @Override
    public void close() {
        reset();
        server.stop(0);
        threads.shutdownNow();
    }
}
