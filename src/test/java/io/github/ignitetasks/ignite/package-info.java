/** Tests of calls on a grid. */
@NullMarked
package io.github.ignitetasks.ignite;

import org.jspecify.annotations.NullMarked;
