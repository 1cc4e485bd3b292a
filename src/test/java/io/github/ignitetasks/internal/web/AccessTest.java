package io.github.ignitetasks.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.web.RawHttp.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of who may see a dashboard: the token, the cookie, hosts, origins, methods and paths. */
final class AccessTest {
    private static ServedSession served;

    @BeforeAll
    static void start() {
        served = new ServedSession();
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Test
    void linkGivesACookieAndLeadsToThePageWithoutTheToken() throws IOException {
        Reply reply = served.send("/?token=" + served.token(), "Sec-Fetch-Site: none");

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location")).contains("./");
        assertThat(reply.header("Set-Cookie").orElseThrow())
                .contains("; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Path", "Max-Age", "Expires", served.token());
    }

    @Test
    void linkOnAPageOfAnotherSiteLeadsOnByAPage() throws IOException {
        Reply reply = served.send(
                "/?token=" + served.token(),
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Set-Cookie")).isPresent();
        assertThat(reply.body()).contains("http-equiv=\"refresh\"").doesNotContain(served.token());
    }

    /** Browsers send no {@code Sec-Fetch-Site} to a plain HTTP server of another machine, whatever led there. */
    @Test
    void linkFromAnUnknownPlaceLeadsOnByAPage() throws IOException {
        Reply reply = served.send("/?token=" + served.token());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Set-Cookie")).isPresent();
        assertThat(reply.body()).contains("http-equiv=\"refresh\"").doesNotContain(served.token());
    }

    /** Browsers send a cookie to all ports of a host, but only below its path. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/?token=TOKEN", "/events", "/task?key=a", "/assets/app.js", "/x/", "/x/?token=TOKEN"})
    void nothingIsOutsideOfThePathOfTheLink(String target) throws IOException {
        Reply reply = RawHttp.send(served.port(), RawHttp.get(served.port(), filled(target), served.cookie()));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Set-Cookie")).isEmpty();
        assertThat(reply.body()).contains("open the link in the log").doesNotContain("<", served.target("/"));
    }

    @Test
    void pathOfTheLinkWithoutItsSlashIsNotFound() throws IOException {
        String page = served.target("/");
        String request = RawHttp.get(served.port(), page.substring(0, page.length() - 1), served.cookie());

        assertThat(RawHttp.send(served.port(), request).status()).isEqualTo(404);
    }

    @Test
    void eachSessionHasAPathOfItsOwn() {
        try (ServedSession other = new ServedSession()) {
            assertThat(served.target("/"))
                    .matches("/[\\w-]{32}/")
                    .isNotEqualTo(other.target("/"))
                    .doesNotContain(served.token());
        }
    }

    @Test
    void cookieShowsThePage() throws IOException {
        Reply reply = served.get("/");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(reply.body()).contains("<html", "</html>");
    }

    @Test
    void scriptOfThePageIsServed() throws IOException {
        Reply reply = served.get("/assets/app.js");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("text/javascript; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "TOKEN0", "0TOKEN", "TOKEN&token=TOKEN", "TOKEN%00", "COOKIE", "%C3%28"})
    void wrongTokenIsRefused(String token) throws IOException {
        Reply reply = served.send("/?token=" + filled(token));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("Set-Cookie")).isEmpty();
        assertThat(reply.body()).contains("open the link in the log").doesNotContain("<");
    }

    @Test
    void wrongTokenIsRefusedAlsoWithTheCookie() throws IOException {
        assertThat(served.get("/?token=x").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/events", "/task?key=a", "/stack?key=a", "/assets/app.js", "/nothing"})
    void requestWithoutTheCookieIsRefused(String target) throws IOException {
        assertThat(served.send(target).status()).isEqualTo(403);
        assertThat(served.send(target, "Cookie: ignitetasks=" + served.token()).status())
                .isEqualTo(403);
        assertThat(served.send(target, served.cookie() + "x").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/task", "/assets/app.js"})
    void tokenOpensNothingButThePage(String path) throws IOException {
        assertThat(served.send(path + "?token=" + served.token()).status()).isEqualTo(403);
    }

    @Test
    void cookieIsFoundAmongOthers() throws IOException {
        String own = served.cookie().substring("Cookie: ".length());

        assertThat(served.send("/", "Cookie: a=b; " + own + "; c=d").status()).isEqualTo(200);
        assertThat(served.send("/", "Cookie: a=b", "Cookie: " + own).status()).isEqualTo(200);
    }

    @Test
    void cookieOfAnotherSessionIsRefused() throws IOException {
        try (ServedSession other = new ServedSession()) {
            assertThat(served.send("/", other.cookie()).status()).isEqualTo(403);
            assertThat(served.send("/?token=" + other.token()).status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LocalHost:PORT"})
    void ownHostIsAllowed(String host) throws IOException {
        assertThat(statusWith(List.of("Host: " + filled(host), served.cookie())))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost",
                "localhost.evil.example:PORT",
                "127.0.0.1:PORT.evil.example",
                "evil.example@127.0.0.1:PORT",
                "127.0.0.1:PORT, evil.example",
                "127.0.0.2:PORT",
                "2130706433:PORT",
                "[::1]:PORT",
                "[",
                ""
            })
    void otherHostIsRefused(String host) throws IOException {
        assertThat(statusWith(List.of("Host: " + filled(host), served.cookie())))
                .isEqualTo(403);
        assertThat(RawHttp.send(
                                served.port(),
                                RawHttp.request(
                                        "GET",
                                        served.target("/?token=" + served.token()),
                                        List.of("Host: " + filled(host))))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void requestMustNameOneHost() throws IOException {
        assertThat(statusWith(List.of(served.cookie()))).isEqualTo(403);
        assertThat(statusWith(List.of("Host: " + filled("127.0.0.1:PORT"), "Host: evil.example", served.cookie())))
                .isEqualTo(403);
    }

    @Test
    void ownOriginIsAllowed() throws IOException {
        assertThat(served.send("/", served.cookie(), "Origin: http://127.0.0.1:" + served.port())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://evil.example",
                "https://127.0.0.1:PORT",
                "http://127.0.0.1:1",
                "http://127.0.0.1:PORT/",
                "http://evil.example:PORT"
            })
    void otherOriginIsRefused(String origin) throws IOException {
        assertThat(served.send("/", served.cookie(), "Origin: " + filled(origin))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void requestOfThePageOrTheUserIsAllowed(String site) throws IOException {
        assertThat(served.send("/assets/app.js", served.cookie(), "Sec-Fetch-Site: " + site)
                        .status())
                .isEqualTo(200);
    }

    /** A page of another port on this machine is of the same site, so its requests carry the cookie. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "surprise"})
    void requestOfAnotherSiteIsRefused(String site) throws IOException {
        String from = "Sec-Fetch-Site: " + site;

        assertThat(served.send("/task?key=a", served.cookie(), from).status()).isEqualTo(403);
        assertThat(served.send("/", served.cookie(), from, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image")
                        .status())
                .isEqualTo(403);
        assertThat(served.send("/", served.cookie(), from, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe")
                        .status())
                .isEqualTo(403);
        assertThat(served.send("/events", served.cookie(), from, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
                        .status())
                .isEqualTo(403);
        assertThat(served.send("/", served.cookie(), from, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "BREW"})
    void otherMethodIsRefused(String method) throws IOException {
        Reply reply = RawHttp.send(
                served.port(),
                RawHttp.request(
                        method, served.target("/"), List.of("Host: 127.0.0.1:" + served.port(), served.cookie())));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "//assets/app.js",
                "/./",
                "/assets/../",
                "/assets/../index.html",
                "/assets/../assets/app.js",
                "/assets/%2e%2e/index.html",
                "/assets/..%2findex.html",
                "/assets/..\\index.html",
                "/%2e/",
                "/%61ssets/app.js",
                "/assets/app%2ejs",
                "/assets%2fapp.js",
                "/assets//app.js",
                "/assets/app.js/",
                "/assets/app.js;x",
                "/;x/assets/app.js",
                "/assets/app.js%00",
                "/assets/app.js%00.css",
                "/assets/APP.JS",
                "/assets/",
                "/assets",
                "/assets/index.html",
                "/assets/assets.txt",
                "/assets/DashboardServer.class",
                "/assets/uplot/uPlot.min.css",
                "/assets/io/github/ignitetasks/internal/web/app.js",
                "/assets//io/github/ignitetasks/internal/web/app.js",
                "/assets/file:/etc/passwd",
                "/index.html",
                "/events/",
                "/task/",
                "/favicon.ico",
                "/META-INF/MANIFEST.MF",
                "/#/",
                "/assets/app.js#x",
                "http://127.0.0.1:PORT/",
                "http://evil.example/",
                "//evil.example/",
                "*",
                "?",
                "assets/app.js",
                "127.0.0.1:PORT",
                "/assets/app.js|x",
                "/%"
            })
    void pathTrickFindsNothing(String target) throws IOException {
        for (String sent : List.of(served.target(filled(target)), filled(target))) {
            Reply reply = RawHttp.send(served.port(), RawHttp.get(served.port(), sent, served.cookie()));

            assertThat(reply.status()).isIn(400, 404, 0);
            assertThat(reply.body()).doesNotContain("<html", "import ", "evil", "assets");
        }
    }

    private static int statusWith(List<String> headers) throws IOException {
        return RawHttp.send(served.port(), RawHttp.request("GET", served.target("/"), headers))
                .status();
    }

    private static String filled(String text) {
        return text.replace("PORT", "" + served.port())
                .replace("TOKEN", served.token())
                .replace("COOKIE", served.cookie().substring(served.cookie().indexOf('=') + 1));
    }
}
