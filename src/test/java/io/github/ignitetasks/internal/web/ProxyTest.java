package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.support.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of a dashboard behind a proxy that puts a path in front and keeps the host of the browser. */
final class ProxyTest {
    private static final String PREFIX = "/a/dashboard";

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .cookieHandler(cookies)
            .build();

    @Test
    void linkBelowAPath_leadsToThePageBelowIt() throws IOException, InterruptedException {
        int port = FreePort.find();
        ServerSettings settings = ServerSettings.standard().withAllowedHost("127.0.0.1:" + port);
        try (ServedSession served = new ServedSession(settings, ServedSession.limits(Deadlines.PATIENCE, 20), 0);
                Proxy proxy = new Proxy(port, served.port())) {
            HttpResponse<String> page = get(port, served.target("/?token=" + served.token()));

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.uri()).isEqualTo(URI.create("http://127.0.0.1:" + port + PREFIX + served.target("/")));
            assertThat(page.body()).contains("</html>").doesNotContain("src=\"/", "href=\"/");
            assertThat(get(port, served.target("/assets/app.js")).statusCode()).isEqualTo(200);
            assertThat(get(port, served.target("/task?key=a")).body()).contains("UNKNOWN");
            assertThat(firstEvent(port, served.target("/events"))).contains("event: frame");
            assertThat(cookies.getCookieStore().getCookies())
                    .allMatch(cookie -> cookie.getPath().startsWith(PREFIX + served.target("/")));
            assertThat(proxy.isOpen()).isTrue();
        }
    }

    @Test
    void hostOfTheProxyIsNotAllowed_requestIsRefused() throws IOException, InterruptedException {
        int port = FreePort.find();
        try (ServedSession served = new ServedSession();
                Proxy proxy = new Proxy(port, served.port())) {
            HttpResponse<String> reply = get(port, served.target("/?token=" + served.token()));

            assertThat(reply.statusCode()).isEqualTo(403);
            assertThat(reply.body()).contains("Dashboard.withAllowedHost");
            assertThat(proxy.isOpen()).isTrue();
        }
    }

    private HttpResponse<String> get(int port, String target) throws IOException, InterruptedException {
        return browser.send(request(port, target), BodyHandlers.ofString());
    }

    private String firstEvent(int port, String target) throws IOException, InterruptedException {
        try (Stream<String> lines =
                browser.send(request(port, target), BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("event")).findFirst().orElse("");
        }
    }

    private static HttpRequest request(int port, String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PREFIX + target))
                .header("Sec-Fetch-Site", "none")
                .timeout(Deadlines.PATIENCE)
                .build();
    }

    /** A proxy that takes the prefix from the path. Each of its connections serves one request. */
    private static final class Proxy implements AutoCloseable {
        private final ServerSocket listener;
        private final int target;

        Proxy(int port, int target) throws IOException {
            this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            this.target = target;
            daemon(this::accept).start();
        }

        boolean isOpen() {
            return !listener.isClosed();
        }

        private void accept() {
            try {
                while (isOpen()) {
                    Socket client = listener.accept();
                    daemon(() -> pass(client)).start();
                }
            } catch (IOException e) {
                assertThat(isOpen()).isFalse();
            }
        }

        private void pass(Socket client) {
            try (client;
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                BufferedReader head = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
                OutputStream out = server.getOutputStream();
                String line = head.readLine().replace(" " + PREFIX, " ");
                while (!line.isEmpty()) {
                    out.write((line + "\r\n").getBytes(ISO_8859_1));
                    line = head.readLine();
                }
                out.write("Connection: close\r\n\r\n".getBytes(ISO_8859_1));
                server.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                assertThat(e).as("one side has gone").isNotNull();
            }
        }

        private static Thread daemon(Runnable work) {
            Thread thread = new Thread(work, "proxy");
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
