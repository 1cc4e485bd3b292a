/** Tests of this package. */
@NullMarked
package io.github.ignitetasks.internal.tracing;

import org.jspecify.annotations.NullMarked;
