/** Tests that kill, stop, add and retire processes of a grid, and check the whole history of each run. */
@NullMarked
package io.github.ignitetasks.chaos;

import org.jspecify.annotations.NullMarked;
