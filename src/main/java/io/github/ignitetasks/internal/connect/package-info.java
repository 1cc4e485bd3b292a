/**
 * The ways in which a runner obtains its grid: a node in this JVM, a client that joins by address, or an existing
 * Ignite.
 */
@NullMarked
package io.github.ignitetasks.internal.connect;

import org.jspecify.annotations.NullMarked;
