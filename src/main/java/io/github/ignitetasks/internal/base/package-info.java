/** Small helpers that know nothing of tasks. */
@NullMarked
package io.github.ignitetasks.internal.base;

import org.jspecify.annotations.NullMarked;
