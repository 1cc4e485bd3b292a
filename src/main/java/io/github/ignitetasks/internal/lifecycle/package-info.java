/** The open resources of this JVM, and their orderly shutdown. */
@NullMarked
package io.github.ignitetasks.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
