/** Turns calls and results into bytes and back, finding the futures that they reach. */
@NullMarked
package io.github.ignitetasks.internal.codec;

import org.jspecify.annotations.NullMarked;
