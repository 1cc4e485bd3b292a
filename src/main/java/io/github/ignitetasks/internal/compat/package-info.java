/**
 * All uses of Ignite's internals. No other package imports {@code org.apache.ignite.internal} or depends on Ignite's
 * messages and stack frames.
 */
@NullMarked
package io.github.ignitetasks.internal.compat;

import org.jspecify.annotations.NullMarked;
