/** Ignite nodes of this JVM: their safe configuration, their start and their end. */
@NullMarked
package io.github.ignitetasks.internal.node;

import org.jspecify.annotations.NullMarked;
