/** Traces tasks by the API of OpenTelemetry, which may be missing on the class path. */
@NullMarked
package io.github.ignitetasks.internal.opentelemetry;

import org.jspecify.annotations.NullMarked;
