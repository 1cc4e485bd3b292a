package io.github.ignitetasks.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.CapturedLog;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

/** Tests of the dashboard of a session on a grid. */
final class DashboardIT {
    private final HttpClient browser = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .cookieHandler(new CookieManager())
            .build();

    @Test
    void sessionRuns_itsTasksAreShownAndItsStreamEndsWithIt() throws IOException, InterruptedException {
        Iterator<String> lines;
        try (CapturedLog log = CapturedLog.of(Dashboard.class);
                TaskSession session =
                        IgniteTaskRunner.builder().dashboard().build().start()) {
            String line = log.messages().get(0);
            URI page = URI.create(line.substring(line.indexOf("http"), line.indexOf('?')));
            assertThat(get(URI.create(line.substring(line.indexOf("http"))))).contains("</html>");
            assertThat(session.submit("key-1", () -> "a result").result()).isEqualTo("a result");

            assertThat(get(page.resolve("task?key=key-1")))
                    .contains("\"status\":\"COMPLETED\"", "\"attempt\":1")
                    .doesNotContain("a result");
            assertThat(get(page.resolve("task?key=key-2"))).contains("\"status\":\"UNKNOWN\"");
            assertThat(get(page.resolve("stack?key=key-1"))).contains("\"stack\":null");
            lines = browser.send(request(page.resolve("events")), BodyHandlers.ofLines())
                    .body()
                    .iterator();
            assertThat(hasNext(lines, "event: frame")).isTrue();
        }
        assertThat(hasNext(lines, "event: end")).isTrue();
        assertThat(hasNext(lines, "event: frame")).isFalse();
    }

    /** Returns whether a line comes before the stream ends. */
    private static boolean hasNext(Iterator<String> lines, String wanted) {
        while (lines.hasNext()) {
            if (lines.next().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private String get(URI uri) throws IOException, InterruptedException {
        return browser.send(request(uri), BodyHandlers.ofString()).body();
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }
}
