/** Runners that run calls in this JVM. They include the default runner, and are the reference for the contract. */
@NullMarked
package io.github.ignitetasks.local;

import org.jspecify.annotations.NullMarked;
