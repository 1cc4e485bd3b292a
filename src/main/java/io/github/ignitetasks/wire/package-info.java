/** Turns calls and results into bytes and back, finding the futures that they reach. */
@NullMarked
package io.github.ignitetasks.wire;

import org.jspecify.annotations.NullMarked;
