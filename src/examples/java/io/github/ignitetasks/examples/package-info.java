/** Programs that show the library at work. */
@NullMarked
package io.github.ignitetasks.examples;

import org.jspecify.annotations.NullMarked;
