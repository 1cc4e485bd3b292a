package io.github.ignitetasks.benchmarks.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody who has a dashboard open: reads its frames as they come, and draws nothing. */
final class DashboardViewer implements AutoCloseable {
    private final InputStream frames;
    private final Thread reader;

    private DashboardViewer(InputStream frames) {
        this.frames = frames;
        this.reader = new Thread(this::read, "dashboard-viewer");
        reader.start();
    }

    /** Returns a client that the dashboard of this link lets in. */
    static HttpClient client(URI link) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        client.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.discarding());
        return client;
    }

    /** Opens the dashboard, and returns once it has sent its first frame. */
    static DashboardViewer open(HttpClient client, URI link) throws IOException, InterruptedException {
        HttpRequest events = HttpRequest.newBuilder(link.resolve("events")).build();
        HttpResponse<InputStream> answer = client.send(events, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200 || answer.body().read() < 0) {
            throw new IllegalStateException("the dashboard answers " + answer.statusCode());
        }
        return new DashboardViewer(answer.body());
    }

    private void read() {
        byte[] part = new byte[1 << 16];
        try {
            while (frames.read(part) >= 0) {
                // nobody looks at it
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() {
        try {
            frames.close();
            reader.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
