/** Tests of calls on a grid. */
@NullMarked
package io.github.ignitetasks.ignite.record;

import org.jspecify.annotations.NullMarked;
