/** Tasks with options, and the flows that submit them. */
@NullMarked
package io.github.ignitetasks.flow;

import org.jspecify.annotations.NullMarked;
