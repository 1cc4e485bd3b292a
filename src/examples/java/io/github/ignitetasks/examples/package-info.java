/** Example programs that use the library. */
@NullMarked
package io.github.ignitetasks.examples;

import org.jspecify.annotations.NullMarked;
