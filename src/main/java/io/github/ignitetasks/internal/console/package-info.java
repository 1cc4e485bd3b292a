/** The commands and the dashboard by which operators look at a grid; they change nothing on it. */
@NullMarked
package io.github.ignitetasks.internal.console;

import org.jspecify.annotations.NullMarked;
