package io.github.ignitetasks.internal.execution;

/**
 * Where calls run.
 *
 * @param node the name of the node that this JVM is
 * @param timer times their attempts; it belongs to whoever made it
 */
public record NodeContext(String node, Timer timer) {}
