package io.github.ignitetasks.internal.execution;

/**
 * The place where calls run.
 *
 * @param node the name of the node that this JVM is
 * @param timer times the attempts; its creator closes it
 */
public record NodeContext(String node, Timer timer) {}
