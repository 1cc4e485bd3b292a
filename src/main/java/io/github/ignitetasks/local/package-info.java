/** Runs calls in this JVM: the default runner, and the reference for the contract. */
@NullMarked
package io.github.ignitetasks.local;

import org.jspecify.annotations.NullMarked;
