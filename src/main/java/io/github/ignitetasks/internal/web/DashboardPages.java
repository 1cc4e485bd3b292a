package io.github.ignitetasks.internal.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of browsers. Safe to share between threads. */
final class DashboardPages implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardPages.class);
    private static final String ASSETS = "/assets/";

    /** Leads to the page, wherever a proxy has put it. */
    private static final String PAGE = "./";

    private final RequestRules rules;
    private final Credentials credentials;
    private final Assets assets;
    private final KeyLookup lookup;
    private final Viewers viewers;

    DashboardPages(RequestRules rules, Credentials credentials, Assets assets, KeyLookup lookup, Viewers viewers) {
        this.rules = rules;
        this.credentials = credentials;
        this.assets = assets;
        this.lookup = lookup;
        this.viewers = viewers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Answer.makeSafe(exchange.getResponseHeaders());
        Optional<Answer> refusal = rules.refusal(exchange);
        if (refusal.isPresent()) {
            refusal.get().send(exchange);
            return;
        }
        URI uri = exchange.getRequestURI();
        Optional<String> path = credentials.pathBelowPage(uri.getRawPath());
        if (path.isEmpty()) {
            Answer.text(404, "to see a dashboard, open the link in the log of its session")
                    .send(exchange);
            return;
        }
        boolean isKnown = credentials.hasCookie(exchange.getRequestHeaders());
        Optional<String> token = Query.parameter(uri, "token");
        if (path.get().equals("/") && token.filter(credentials::isToken).isPresent()) {
            welcome(exchange).send(exchange);
        } else if (!isKnown || token.isPresent()) {
            Answer.text(
                            403,
                            "To see the dashboard, open the link in the log of its session or node:"
                                    + " 'dashboard at http://…/…/?token=…'. Each has a link of its own.")
                    .send(exchange);
        } else if (path.get().equals("/events")) {
            viewers.answer(exchange);
        } else {
            answer(path.get(), uri).send(exchange);
        }
    }

    /**
     * Gives a browser the cookie, and leads it to the page without the token. If a link of another site has led here,
     * the browser would not send the cookie after a redirect. A page of ours that leads on avoids that. Browsers do not
     * tell plain HTTP servers which site has led here, unless the server is on their own machine.
     */
    private Answer welcome(HttpExchange exchange) {
        List<String> sites = exchange.getRequestHeaders().getOrDefault("Sec-Fetch-Site", List.of());
        boolean isRedirectable = sites.equals(List.of("same-origin")) || sites.equals(List.of("none"));
        Answer answer = isRedirectable
                ? new Answer(303, Map.of("Location", PAGE), new byte[0])
                : Answer.of(
                        200,
                        "text/html; charset=utf-8",
                        ("<!doctype html><html lang=\"en\"><head><meta http-equiv=\"refresh\" content=\"0; url=" + PAGE
                                        + "\"><title>Dashboard</title></head><body><a href=\"" + PAGE
                                        + "\">Dashboard</a></body></html>\n")
                                .getBytes(StandardCharsets.UTF_8));
        return answer.with("Set-Cookie", credentials.setCookie());
    }

    private Answer answer(String path, URI uri) {
        try {
            if (path.startsWith(ASSETS)) {
                return assets.file(path.substring(ASSETS.length())).orElseGet(DashboardPages::notFound);
            }
            return switch (path) {
                case "/" -> assets.page().with("Set-Cookie", credentials.setCookie());
                case "/task" -> lookup.task(Query.parameter(uri, "key"));
                case "/stack" -> lookup.stack(Query.parameter(uri, "key"));
                default -> notFound();
            };
        } catch (RuntimeException | Error e) {
            LOG.warn("the dashboard could not answer a request for {}", path, e);
            return Answer.text(500, "the dashboard could not answer; its log has the reason");
        }
    }

    private static Answer notFound() {
        return Answer.text(404, "the dashboard has nothing of this name");
    }
}
