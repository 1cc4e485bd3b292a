package io.github.ignitetasks.internal.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for every request, whoever sends it. They keep pages of other sites away from the dashboard, also if such a
 * page runs in a browser that may see the dashboard. Immutable, safe to share.
 *
 * @param names the hosts that requests may name
 * @param page the path of the page
 */
record RequestRules(HostNames names, String page) {
    /** The values of {@code Sec-Fetch-Site} of a request by the page itself, or by the user. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** Returns why a request is refused; empty if it is not. */
    Optional<Answer> refusal(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        if (!exchange.getRequestMethod().equals("GET")) {
            return Optional.of(Answer.text(405, "only GET is allowed").with("Allow", "GET"));
        }
        if (hasBody(headers)) {
            return Optional.of(Answer.text(400, "a request must have no body").with("Connection", "close"));
        }
        if (!isRelative(exchange.getRequestURI())) {
            return Optional.of(Answer.text(400, "a request must name a path, and nothing else"));
        }
        List<String> hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1 || !names.allowsHost(hosts.get(0))) {
            return Optional.of(Answer.text(
                    403,
                    "The Host header of this request does not name the dashboard. If a proxy or a tunnel leads here,"
                            + " allow the host that it sends: Dashboard.withAllowedHost(\"HOST:PORT\")."));
        }
        if (!headers.getOrDefault("Origin", List.of()).stream().allMatch(names::allowsOrigin)
                || !comesFromOwnSite(exchange.getRequestURI(), headers)) {
            return Optional.of(Answer.text(403, "The dashboard answers no requests of other pages."));
        }
        return Optional.empty();
    }

    private static boolean hasBody(Headers headers) {
        return headers.containsKey("Transfer-Encoding")
                || !headers.getOrDefault("Content-Length", List.of("0")).equals(List.of("0"));
    }

    private static boolean isRelative(URI uri) {
        return !uri.isAbsolute()
                && uri.getRawAuthority() == null
                && uri.getRawFragment() == null
                && uri.getRawPath() != null;
    }

    /** Returns whether the page itself or the user sent a request. A link elsewhere may lead to the page, no further. */
    private boolean comesFromOwnSite(URI uri, Headers headers) {
        List<String> sites = headers.getOrDefault("Sec-Fetch-Site", List.of());
        return OWN_SITES.containsAll(sites)
                || (uri.getRawPath().equals(page)
                        && headers.getOrDefault("Sec-Fetch-Mode", List.of()).equals(List.of("navigate"))
                        && headers.getOrDefault("Sec-Fetch-Dest", List.of()).equals(List.of("document")));
    }
}
