/** The node's side of a grid: decides who runs a key, runs it, records its state, and updates sessions. */
@NullMarked
package io.github.ignitetasks.internal.worker;

import org.jspecify.annotations.NullMarked;
