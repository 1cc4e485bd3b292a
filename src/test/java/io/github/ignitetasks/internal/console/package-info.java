/** Tests of the commands that look at a grid. */
@NullMarked
package io.github.ignitetasks.internal.console;

import org.jspecify.annotations.NullMarked;
