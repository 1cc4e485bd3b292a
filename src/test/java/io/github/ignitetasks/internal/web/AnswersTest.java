package io.github.ignitetasks.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.events.KeyActivity;
import io.github.ignitetasks.internal.web.RawHttp.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of what a dashboard answers. */
final class AnswersTest {
    private static final ExecutionInfo INFO =
            new ExecutionInfo(Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(3_000), "node-1", 2);

    private static ServedSession served;

    @BeforeAll
    static void start() {
        Duration patience = Deadlines.PATIENCE;
        served = new ServedSession(new ServerLimits(
                patience, patience, Duration.ofMillis(300), patience, Duration.ofMillis(10), patience, 4, 1));
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /assets/app.js, 200",
        "GET, /assets/style.css, 200",
        "GET, /task?key=a, 200",
        "GET, /stack?key=a, 200",
        "GET, /?token=TOKEN, 200",
        "GET, /task, 400",
        "GET, http://127.0.0.1/, 400",
        "GET, /?token=x, 403",
        "GET, /nothing, 404",
        "POST, /, 405",
        "HEAD, /, 405",
        "GET, /task?key=closed, 503",
        "GET, /task?key=stuck, 504"
    })
    void everyAnswerHasTheHeadersOfSafety(String method, String target, int status) throws IOException {
        Reply reply = RawHttp.send(
                served.port(),
                RawHttp.request(
                        method,
                        served.target(target.replace("TOKEN", served.token())),
                        List.of("Host: 127.0.0.1:" + served.port(), served.cookie())));

        assertThat(reply.status()).isEqualTo(status);
        assertSafe(reply);
    }

    @Test
    void refusedRequestGetsTheHeadersOfSafety() throws IOException {
        assertSafe(served.send("/"));
        assertSafe(RawHttp.send(served.port(), RawHttp.get(served.port(), "/")));
        assertSafe(RawHttp.send(served.port(), RawHttp.request("GET", "/", List.of("Host: evil.example"))));
    }

    private static void assertSafe(Reply reply) {
        assertThat(reply.header("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; ")
                .endsWith("connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @Test
    void stateOfACompletedTaskIsToldWithoutItsResult() throws IOException {
        served.states.put("done", new State.Completed<>("the result", INFO).asCached());

        Reply reply = served.get("/task?key=done");

        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.body())
                .isEqualTo("{\"key\":\"done\",\"status\":\"COMPLETED\",\"phase\":null,\"waitsFor\":null,"
                        + "\"node\":null,\"attempt\":null,\"state\":{\"type\":\"Completed\",\"node\":\"node-1\","
                        + "\"attempt\":2,\"start\":1000,\"end\":3000,\"cached\":true,\"failure\":null}}");
    }

    @Test
    void failureIsToldAsText() throws IOException {
        Failure failure = Failure.ofText("a.Bad", "no \"<b>\"\n& 'more' é", "a.Bad\n\tat x");
        served.states.put("a b/é", new State.Failed<>(State.Failed.Reason.EXCEPTION, failure, INFO));

        assertThat(served.get("/task?key=a+b%2f%C3%A9").body())
                .contains("\"key\":\"a b/\\u00e9\",\"status\":\"NOT_COMPLETED\"")
                .contains(
                        "\"failure\":{\"type\":\"a.Bad\",\"message\":\"no \\\"\\u003cb\\u003e\\\"\\u000a\\u0026 'more' \\u00e9\","
                                + "\"stack\":\"a.Bad\\u000a\\u0009at x\"}")
                .doesNotContain("<", "&");
    }

    @Test
    void longFailureIsCut() throws IOException {
        served.states.put(
                "long",
                new State.Crashed<>(Failure.ofText("a.Bad", "m".repeat(1_000_000), "s".repeat(1_000_000)), INFO));

        assertThat(served.get("/task?key=long").body())
                .hasSizeLessThan(120_000)
                .contains("(10000 of 1000000 characters)", "(100000 of 1000000 characters)");
    }

    @Test
    void keyWithoutAStateIsTold() throws IOException {
        assertThat(served.get("/task?key=nobody").body())
                .isEqualTo("{\"key\":\"nobody\",\"status\":\"UNKNOWN\",\"phase\":null,\"waitsFor\":null,"
                        + "\"node\":null,\"attempt\":null,\"state\":null}");
    }

    @Test
    void activityOfARunningKeyIsTold() throws IOException {
        served.activities.put("runs", new KeyActivity("waiting", Optional.of("task 'a'"), Optional.of("node-1"), 2));

        assertThat(served.get("/task?key=runs").body())
                .isEqualTo("{\"key\":\"runs\",\"status\":\"RUNNING\",\"phase\":\"waiting\",\"waitsFor\":\"task 'a'\","
                        + "\"node\":\"node-1\",\"attempt\":2,\"state\":null}");
    }

    @Test
    void stackOfARunningTaskIsTold() throws IOException {
        served.stacks.put("runs", "at a\nat <b>");

        assertThat(served.get("/stack?key=runs").body())
                .isEqualTo("{\"key\":\"runs\",\"stack\":\"at a\\u000aat \\u003cb\\u003e\"}");
        assertThat(served.get("/stack?key=other").body()).isEqualTo("{\"key\":\"other\",\"stack\":null}");
    }

    @ParameterizedTest
    @CsvSource({"/task", "/task?", "/task?key", "/task?key=a&key=b", "/task?KEY=a", "/task?key=", "/stack?kex=a"})
    void requestWithoutOneValidKeyIsRefused(String target) throws IOException {
        Reply reply = served.get(target);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).startsWith("{\"error\":\"").contains("key");
    }

    @Test
    void sessionThatDoesNotAnswerHoldsUpNoOtherRequest() throws IOException {
        Reply reply = served.get("/task?key=stuck");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.body()).contains("has not answered within");
        assertThat(served.get("/task?key=a").status()).isEqualTo(200);
    }

    @Test
    void eachFileThatThePageNames_isServed() throws IOException {
        Matcher file =
                Pattern.compile("\"(assets/[^\"]+)\"").matcher(served.get("/").body());
        List<String> names = file.results().map(found -> found.group(1)).toList();

        assertThat(names).contains("assets/app.js", "assets/uPlot.iife.min.js");
        for (String name : names) {
            assertThat(served.get("/" + name).status()).as(name).isEqualTo(200);
        }
    }
}
