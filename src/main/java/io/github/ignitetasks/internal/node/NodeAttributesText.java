package io.github.ignitetasks.internal.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A parser of attributes and resources as text, such as {@code zone=a,rack=r7} and {@code gpu=2,license=1}. */
public final class NodeAttributesText {
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,18}");

    private NodeAttributesText() {}

    /**
     * Returns a declaration with the attributes of a text.
     *
     * @param text {@code name=value}, separated by commas
     * @throws IllegalArgumentException if the text has another form; the message names the part that is wrong
     */
    public static NodeAttributes withAttributes(NodeAttributes declared, String text) {
        NodeAttributes all = declared;
        for (Map.Entry<String, String> attribute : entries(text, "name=value").entrySet()) {
            all = all.withAttribute(attribute.getKey(), attribute.getValue());
        }
        return all;
    }

    /**
     * Returns a declaration with the resources of a text.
     *
     * @param text {@code name=amount}, separated by commas; an amount is a whole number of 1 or more
     * @throws IllegalArgumentException if the text has another form; the message names the part that is wrong
     */
    public static NodeAttributes withResources(NodeAttributes declared, String text) {
        NodeAttributes all = declared;
        for (Map.Entry<String, String> resource : entries(text, "name=amount").entrySet()) {
            all = all.withResource(resource.getKey(), amount(resource.getKey(), resource.getValue()));
        }
        return all;
    }

    private static Map<String, String> entries(String text, String form) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            int end = entry.indexOf('=');
            if (end < 0) {
                throw new IllegalArgumentException("'" + entry + "' has no '='; write it as " + form);
            }
            String name = entry.substring(0, end).strip();
            if (entries.put(name, entry.substring(end + 1).strip()) != null) {
                throw new IllegalArgumentException("'" + name + "' is there twice; leave one out");
            }
        }
        return entries;
    }

    private static int amount(String name, String value) {
        if (!AMOUNT.matcher(value).matches() || Long.parseLong(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the amount of resource '" + name + "' must be a whole number from 1 to "
                    + Integer.MAX_VALUE + ", but is '" + value + "'; set such a number, or leave the resource out");
        }
        return Integer.parseInt(value);
    }
}
