/** The submitter's side of a grid: sends calls to nodes, and receives how they ended. */
@NullMarked
package io.github.ignitetasks.internal.client;

import org.jspecify.annotations.NullMarked;
