package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the query of a request. */
final class Query {
    private Query() {}

    /** Returns the value of a parameter; empty if the query does not have it once, or is malformed. */
    static Optional<String> parameter(URI uri, String name) {
        String query = uri.getRawQuery();
        List<String> values = query == null
                ? List.of()
                : Arrays.stream(query.split("&", -1))
                        .filter(part -> part.startsWith(name + "="))
                        .map(part -> part.substring(name.length() + 1))
                        .toList();
        if (values.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(values.get(0), UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // an incomplete escape
        }
    }
}
