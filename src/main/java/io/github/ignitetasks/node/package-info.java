/** The command-line program that runs a server node of a grid. */
@NullMarked
package io.github.ignitetasks.node;

import org.jspecify.annotations.NullMarked;
