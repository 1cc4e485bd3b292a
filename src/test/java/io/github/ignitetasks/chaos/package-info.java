/** Runs in which processes of a grid are killed, stopped, added and retired, and whose whole history is checked. */
@NullMarked
package io.github.ignitetasks.chaos;

import org.jspecify.annotations.NullMarked;
