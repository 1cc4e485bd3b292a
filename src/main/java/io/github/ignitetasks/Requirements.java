package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.base.PlainText;
import java.io.Serial;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The requirements of a call: attributes that its node must have, resources of its node that it takes, and permits of
 * limits that hold for the whole grid. The call starts once all of them are met.
 *
 * <p>A call whose attributes or resources no node has waits for such a node to join, a minute by default. After that it
 * is Crashed and tells why. Runners of this JVM have no nodes: they refuse attributes and resources. A thread pool applies
 * limits to its own calls; a sequential runner runs each call at once.
 *
 * <p>Start from {@link #none}. Two objects are equal if all their settings are. Immutable, safe to share.
 */
public final class Requirements implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The beginning of the name of a node attribute that declares a resource; the name of the resource follows. */
    public static final String RESOURCE_ATTRIBUTE = "ignitetasks.resource.";

    private static final Requirements NONE = new Requirements(Map.of(), Map.of(), Map.of());

    private final TreeMap<String, String> attributes;
    private final TreeMap<String, Integer> resources;
    private final TreeMap<String, Integer> limits;

    private Requirements(Map<String, String> attributes, Map<String, Integer> resources, Map<String, Integer> limits) {
        this.attributes = new TreeMap<>(attributes);
        this.resources = new TreeMap<>(resources);
        this.limits = new TreeMap<>(limits);
    }

    /** Returns the requirements of a call that any node may run at any time. */
    public static Requirements none() {
        return NONE;
    }

    /**
     * Returns these requirements and one more: the node must have an Ignite user attribute of this value.
     *
     * @param value the attribute's value as text
     * @throws IllegalArgumentException if a text is blank, or has a control character
     */
    public Requirements onNodes(String attribute, String value) {
        TreeMap<String, String> more = new TreeMap<>(attributes);
        more.put(check("attribute", attribute), check("value", value));
        return new Requirements(more, resources, limits);
    }

    /**
     * Returns these requirements and one more: an amount of a resource that nodes declare. The calls that run on a node
     * at a time never need more of it together than the node has. A node declares the resource {@code gpu} by an Ignite
     * user attribute {@code ignitetasks.resource.gpu} with a whole number.
     *
     * @param amount 1 or more
     * @throws IllegalArgumentException if the name is blank or has a control character, or the amount is less
     */
    public Requirements requires(String resource, int amount) {
        TreeMap<String, Integer> more = new TreeMap<>(resources);
        more.put(check("resource", resource), checkPositive("amount", amount));
        return new Requirements(attributes, more, limits);
    }

    /**
     * Returns these requirements and one more: a permit of a limit. At most so many calls with a limit of this name run
     * at a time on the whole grid, whoever submitted them. All calls should name the same number; a call waits while the
     * calls that run are as many as its own number. A call that waits for other tasks keeps its permit. The permits of a
     * node that dies are given to others.
     *
     * @param most 1 or more
     * @throws IllegalArgumentException if the name is blank or has a control character, or the number is less
     */
    public Requirements limit(String name, int most) {
        TreeMap<String, Integer> more = new TreeMap<>(limits);
        more.put(check("limit", name), checkPositive("most", most));
        return new Requirements(attributes, resources, more);
    }

    private static String check(String setting, String value) {
        if (requireNonNull(value, setting).isBlank()) {
            throw new IllegalArgumentException(setting + " must not be blank, but is '" + value + "'; give it a name");
        }
        return PlainText.check(setting, value);
    }

    private static int checkPositive(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    setting + " must be 1 or more, but is " + value + "; leave the requirement out for none");
        }
        return value;
    }

    /** Returns the attributes that the node must have, with their values. */
    public Map<String, String> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    /** Returns the resources that the call takes of its node, with their amounts. */
    public Map<String, Integer> resources() {
        return Collections.unmodifiableMap(resources);
    }

    /** Returns the limits of which the call takes a permit, with their numbers. */
    public Map<String, Integer> limits() {
        return Collections.unmodifiableMap(limits);
    }

    /** Returns whether nothing is needed. */
    public boolean isEmpty() {
        return attributes.isEmpty() && resources.isEmpty() && limits.isEmpty();
    }

    /** Returns whether a node needs certain attributes or resources. */
    public boolean concernNodes() {
        return !attributes.isEmpty() || !resources.isEmpty();
    }

    /** Checks settings that were read. */
    @Serial
    private Object readResolve() {
        Requirements read = NONE;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            read = read.onNodes(attribute.getKey(), attribute.getValue());
        }
        for (Map.Entry<String, Integer> resource : resources.entrySet()) {
            read = read.requires(resource.getKey(), resource.getValue());
        }
        for (Map.Entry<String, Integer> limit : limits.entrySet()) {
            read = read.limit(limit.getKey(), limit.getValue());
        }
        return read;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Requirements that
                        && attributes.equals(that.attributes)
                        && resources.equals(that.resources)
                        && limits.equals(that.limits));
    }

    @Override
    public int hashCode() {
        return Objects.hash(attributes, resources, limits);
    }

    /** Returns the requirements as text, such as {@code {attribute zone=a, resource gpu=1}}. */
    @Override
    public String toString() {
        SortedMap<String, String> all = new TreeMap<>();
        attributes.forEach((name, value) -> all.put("attribute " + name, value));
        resources.forEach((name, amount) -> all.put("resource " + name, String.valueOf(amount)));
        limits.forEach((name, most) -> all.put("limit " + name, String.valueOf(most)));
        return all.toString();
    }
}
