package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the page. A table has the names that exist, so no request can name another file of the class path.
 * Immutable, safe to share.
 */
final class Assets {
    private static final String PAGE = "index.html";

    /** Maps the name of each file to its resource. */
    private final Map<String, String> resources;

    private Assets(Map<String, String> resources) {
        this.resources = Map.copyOf(resources);
    }

    /** Returns the files of the page: those of its list, and the library that draws its plots. */
    static Assets ofPage() {
        Map<String, String> resources = new HashMap<>(
                Map.of("uPlot.min.css", "uplot/uPlot.min.css", "uPlot.iife.min.js", "uplot/uPlot.iife.min.js"));
        new String(bytes("assets.txt"), UTF_8)
                .lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> resources.putIfAbsent(name, name));
        return new Assets(resources);
    }

    /** Returns the page. */
    Answer page() {
        return Answer.of(200, "text/html; charset=utf-8", bytes(PAGE));
    }

    /** Returns a file; empty if there is no file of this name. */
    Optional<Answer> file(String name) {
        return Optional.ofNullable(resources.get(name))
                .map(resource -> Answer.of(200, typeOf(name) + "; charset=utf-8", bytes(resource)));
    }

    private static String typeOf(String name) {
        return name.endsWith(".css") ? "text/css" : "text/javascript";
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the library's jar lacks " + resource + " of the dashboard");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " of the dashboard", e);
        }
    }
}
