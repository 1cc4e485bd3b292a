package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.internal.events.TaskEvents;

/**
 * The place where calls run.
 *
 * @param node the name of the node that this JVM is
 * @param timer times the attempts; its creator closes it
 * @param events gets what happens to the attempts
 */
public record NodeContext(String node, Timer timer, TaskEvents events) {}
