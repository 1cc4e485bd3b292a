@NullMarked
package io.github.ignitetasks.internal.metrics;

import org.jspecify.annotations.NullMarked;
