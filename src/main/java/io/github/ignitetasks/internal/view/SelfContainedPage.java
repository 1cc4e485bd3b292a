package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of the dashboard in one file, with its style, its scripts and one frame. Safe to share between threads.
 *
 * <p>The scripts of the page are modules that import only each other, by lines of their own, and whose names at the top
 * are unique. So this class joins them to one module.
 */
public final class SelfContainedPage {
    /** The folder of the page among the resources of this library. */
    public static final String FOLDER = "/io/github/ignitetasks/internal/web/";

    private static final String APP = "<script type=\"module\" src=\"assets/app.js\"></script>";
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import\\s+\\{[^}]*}\\s+from\\s+['\"]\\./([\\w.-]+)['\"];?[ \\t]*\\n");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ");

    private final String folder;

    /** Makes the page of a folder of resources, whose name begins and ends with a slash. */
    public SelfContainedPage(String folder) {
        this.folder = folder;
    }

    /**
     * Writes the page as HTML in UTF-8. The frame may be large, and is not copied.
     *
     * @param frame JSON in UTF-8 that may stand inside a script element
     * @throws IOException if the stream does not take it
     * @throws IllegalStateException if a file of the page is missing, or is not as this class expects it
     */
    public void write(byte[] frame, OutputStream to) throws IOException {
        String page = read("index.html");
        page = replace(
                page, "<link rel=\"stylesheet\" href=\"assets/uPlot.min.css\">", style(read("uplot/uPlot.min.css")));
        page = replace(page, "<link rel=\"stylesheet\" href=\"assets/style.css\">", style(read("style.css")));
        page = replace(
                page,
                "<script src=\"assets/uPlot.iife.min.js\"></script>",
                script("<script>", read("uplot/uPlot.iife.min.js")));
        String modules = script("<script type=\"module\">", modules());
        int at = indexOf(page, APP);
        to.write((page.substring(0, at) + "<script type=\"application/json\" id=\"frozen\">").getBytes(UTF_8));
        to.write(frame);
        to.write(("</script>\n" + modules + page.substring(at + APP.length())).getBytes(UTF_8));
    }

    private String replace(String page, String element, String with) {
        int at = indexOf(page, element);
        return page.substring(0, at) + with + page.substring(at + element.length());
    }

    private int indexOf(String page, String element) {
        int at = page.indexOf(element);
        if (at < 0) {
            throw new IllegalStateException("resource " + folder + "index.html must have " + element);
        }
        return at;
    }

    private static String style(String text) {
        return "<style>\n" + text.replace("</", "<\\/") + "\n</style>";
    }

    /** Returns a script element. The escaped characters mean the same in a string or a pattern of a script. */
    private static String script(String start, String text) {
        return start + "\n" + text.replace("</script", "<\\/script").replace("<!--", "<\\!--") + "\n</script>";
    }

    /** Returns the text of all modules, each after those that it imports. */
    private String modules() {
        Map<String, String> texts = new LinkedHashMap<>();
        addModule("app.js", texts, new LinkedHashMap<>());
        return String.join("\n", texts.values());
    }

    private void addModule(String name, Map<String, String> done, Map<String, String> open) {
        if (done.containsKey(name)) {
            return;
        }
        if (open.containsKey(name)) {
            throw new IllegalStateException(
                    "resource " + folder + name + " must not import itself, but it does by " + open.keySet());
        }
        String text = read(name);
        open.put(name, text);
        Matcher imports = IMPORT.matcher(text);
        while (imports.find()) {
            addModule(imports.group(1), done, open);
        }
        open.remove(name);
        done.put(name, EXPORT.matcher(IMPORT.matcher(text).replaceAll("")).replaceAll(""));
    }

    private String read(String name) {
        try (InputStream resource = SelfContainedPage.class.getResourceAsStream(folder + name)) {
            if (resource == null) {
                throw new IllegalStateException("resource " + folder + name + " is missing; build the library again");
            }
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
