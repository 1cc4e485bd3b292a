package io.github.ignitetasks.internal.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.internal.base.PlainText;
import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * The attributes and resources that a node declares, so that calls can require them.
 *
 * @param attributes the values of the attributes, by name
 * @param resources the amounts of the resources, by name
 */
public record NodeAttributes(Map<String, String> attributes, Map<String, Integer> resources) implements Serializable {
    private static final NodeAttributes NONE = new NodeAttributes(Map.of(), Map.of());
    private static final String OURS = "ignitetasks.";
    private static final String OF_IGNITE = "org.apache.ignite.";

    public NodeAttributes {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        resources = Collections.unmodifiableMap(new TreeMap<>(resources));
        attributes.forEach(NodeAttributes::checkAttribute);
        resources.forEach(NodeAttributes::checkResource);
    }

    /** Returns the declaration of a node that has none. */
    public static NodeAttributes none() {
        return NONE;
    }

    /** Returns this declaration and one more attribute, or another value of it. */
    public NodeAttributes withAttribute(String name, String value) {
        Map<String, String> more = new TreeMap<>(attributes);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new NodeAttributes(more, resources);
    }

    /** Returns this declaration and one more resource, or another amount of it. */
    public NodeAttributes withResource(String name, int amount) {
        Map<String, Integer> more = new TreeMap<>(resources);
        more.put(requireNonNull(name, "name"), amount);
        return new NodeAttributes(attributes, more);
    }

    private static void checkAttribute(String name, String value) {
        checkText("the name of an attribute", name);
        checkText("the value of attribute '" + name + "'", value);
        if (name.startsWith(OURS) || name.startsWith(OF_IGNITE)) {
            throw new IllegalArgumentException("the name of an attribute must not start with " + OURS + " or "
                    + OF_IGNITE + ", but is '" + name + "'; choose another name, or declare it as a resource");
        }
    }

    private static void checkResource(String name, int amount) {
        checkText("the name of a resource", name);
        if (amount < 1) {
            throw new IllegalArgumentException("the amount of resource '" + name + "' must be 1 or more, but is "
                    + amount + "; leave the resource out for none");
        }
    }

    private static void checkText(String what, String text) {
        if (PlainText.check(what, text).isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank, but is '" + text + "'; give one");
        }
    }

    /** Returns the Ignite user attributes of a node that declares this. */
    public Map<String, String> userAttributes() {
        Map<String, String> all = new TreeMap<>(attributes);
        resources.forEach((name, amount) -> all.put(Requirements.RESOURCE_ATTRIBUTE + name, amount.toString()));
        return all;
    }

    /** Adds the user attributes to a configuration. They replace those of the same names, and leave the others. */
    void addTo(IgniteConfiguration configuration) {
        Map<String, Object> all = new HashMap<>();
        if (configuration.getUserAttributes() != null) {
            all.putAll(configuration.getUserAttributes());
        }
        all.putAll(userAttributes());
        configuration.setUserAttributes(all);
    }

    /** Returns the declaration as arguments of a main class, in ASCII. */
    List<String> toArguments() {
        return userAttributes().entrySet().stream()
                .map(each -> URLEncoder.encode(each.getKey(), UTF_8) + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .toList();
    }

    /** Parses the arguments of {@link #toArguments}. */
    static NodeAttributes ofArguments(Stream<String> arguments) {
        Map<String, String> attributes = new HashMap<>();
        Map<String, Integer> resources = new HashMap<>();
        arguments.map(argument -> argument.split("=", 2)).forEach(parts -> {
            String name = URLDecoder.decode(parts[0], UTF_8);
            String value = URLDecoder.decode(parts[1], UTF_8);
            if (name.startsWith(Requirements.RESOURCE_ATTRIBUTE)) {
                resources.put(name.substring(Requirements.RESOURCE_ATTRIBUTE.length()), Integer.valueOf(value));
            } else {
                attributes.put(name, value);
            }
        });
        return new NodeAttributes(attributes, resources);
    }
}
