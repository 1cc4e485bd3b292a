/** Keeps one future for each key of a session, and sends a call once its upstreams are Completed. */
@NullMarked
package io.github.ignitetasks.internal.session;

import org.jspecify.annotations.NullMarked;
