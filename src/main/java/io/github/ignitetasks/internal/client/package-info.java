/** The submitter's side of a grid: places calls on nodes, sends them, and receives how they ended. */
@NullMarked
package io.github.ignitetasks.internal.client;

import org.jspecify.annotations.NullMarked;
