/** Runs calls in the slots of one JVM. */
@NullMarked
package io.github.ignitetasks.internal.execution;

import org.jspecify.annotations.NullMarked;
