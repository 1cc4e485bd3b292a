/** Ignite nodes in this JVM: their safe configuration, their start and their shutdown. */
@NullMarked
package io.github.ignitetasks.internal.node;

import org.jspecify.annotations.NullMarked;
