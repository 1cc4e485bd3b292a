package io.github.ignitetasks.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/** The files of the dashboard's page, as they are in the jar. */
final class PageAssets {
    private static final String FOLDER = "/io/github/ignitetasks/internal/web/";

    private PageAssets() {}

    /** Returns the content of a file, which may be one of uPlot. */
    static String read(String name) throws IOException {
        String path = name.startsWith("uPlot") ? "uplot/" + name : name;
        try (InputStream content = PageAssets.class.getResourceAsStream(FOLDER + path)) {
            if (content == null) {
                throw new IOException("the jar has no file " + path + " for the page");
            }
            return new String(content.readAllBytes(), UTF_8);
        }
    }

    /** Returns the names of the library's own files, in the order in which they can be joined. */
    static List<String> names() throws IOException {
        return read("assets.txt").lines().toList();
    }

    /** Returns the modules of the page as one script. */
    static String joinedModules() throws IOException {
        StringBuilder joined = new StringBuilder();
        for (String name : names()) {
            if (name.endsWith(".js")) {
                joined.append(read(name)
                        .lines()
                        .filter(line -> !line.startsWith("import "))
                        .map(line -> line.replaceFirst("^export ", ""))
                        .collect(Collectors.joining("\n", "", "\n")));
            }
        }
        return joined.toString();
    }

    /** Returns the page as one file that shows this frame and needs no server. */
    static String frozenPage(String frame) throws IOException {
        return read("index.html")
                .replace(
                        "<link rel=\"stylesheet\" href=\"assets/uPlot.min.css\">",
                        "<style>" + read("uPlot.min.css") + "</style>")
                .replace(
                        "<link rel=\"stylesheet\" href=\"assets/style.css\">",
                        "<style>" + read("style.css") + "</style>")
                .replace(
                        "<script src=\"assets/uPlot.iife.min.js\"></script>",
                        "<script>" + read("uPlot.iife.min.js") + "</script>")
                .replace(
                        "<script type=\"module\" src=\"assets/app.js\"></script>",
                        "<script type=\"application/json\" id=\"frozen\">" + frame.replace("<", "\\u003c")
                                + "</script><script type=\"module\">" + joinedModules() + "</script>");
    }
}
