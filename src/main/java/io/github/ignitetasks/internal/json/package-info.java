/** JSON texts, without a library: one object of a few values, or a large text written in pieces. */
@NullMarked
package io.github.ignitetasks.internal.json;

import org.jspecify.annotations.NullMarked;
