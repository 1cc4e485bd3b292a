/** The traces of calls: what a call carries of its submitter's trace, and what a tracer of spans must do. */
@NullMarked
package io.github.ignitetasks.internal.tracing;

import org.jspecify.annotations.NullMarked;
