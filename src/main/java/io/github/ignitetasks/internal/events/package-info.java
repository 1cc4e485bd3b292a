/** What happens to tasks, as one stream that counters, logs and scaling consume. It knows no step of the engine. */
@NullMarked
package io.github.ignitetasks.internal.events;

import org.jspecify.annotations.NullMarked;
