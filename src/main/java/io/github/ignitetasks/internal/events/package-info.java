/** The stream of task events, which counters, logs and scaling consume. */
@NullMarked
package io.github.ignitetasks.internal.events;

import org.jspecify.annotations.NullMarked;
