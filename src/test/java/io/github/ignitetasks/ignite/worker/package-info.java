/** Tests of calls on a grid. */
@NullMarked
package io.github.ignitetasks.ignite.worker;

import org.jspecify.annotations.NullMarked;
