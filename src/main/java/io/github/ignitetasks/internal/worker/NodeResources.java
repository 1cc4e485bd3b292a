package io.github.ignitetasks.internal.worker;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.Requirements;
import java.util.Map;
import java.util.TreeMap;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * The attributes and the resources of a node, as its configuration declares them. They stay the same as long as the node
 * lives.
 *
 * @param node the node
 */
public record NodeResources(ClusterNode node) {

    /** Returns whether calls with these requirements can ever run on the node. */
    public boolean has(Requirements needed) {
        return needed.attributes().entrySet().stream().allMatch(this::hasAttribute)
                && needed.resources().entrySet().stream()
                        .allMatch(resource -> amount(resource.getKey()) >= resource.getValue());
    }

    private boolean hasAttribute(Map.Entry<String, String> needed) {
        return needed.getValue().equals(attribute(needed.getKey()));
    }

    private @Nullable String attribute(String name) {
        Object value = node.attribute(name);
        return value == null ? null : value.toString();
    }

    /** Returns how much of a resource the node has; 0 if it declares none, or not as a whole number. */
    public int amount(String resource) {
        String declared = attribute(Requirements.RESOURCE_ATTRIBUTE + resource);
        try {
            return declared == null ? 0 : Integer.parseInt(declared);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Returns what the node has of what is needed, for people. */
    public String describe(Requirements needed) {
        Map<String, String> all = new TreeMap<>();
        needed.attributes().keySet().forEach(name -> all.put("attribute " + name, String.valueOf(attribute(name))));
        needed.resources().keySet().forEach(name -> all.put("resource " + name, String.valueOf(amount(name))));
        return node.consistentId() + " has "
                + all.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(joining(", "));
    }
}
