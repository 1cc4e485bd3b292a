/** Runs calls in the slots of one JVM. */
@NullMarked
package io.github.ignitetasks.worker;

import org.jspecify.annotations.NullMarked;
