/** The meters of sessions in a Micrometer registry. */
@NullMarked
package io.github.ignitetasks.internal.metrics;

import org.jspecify.annotations.NullMarked;
