/** How a runner gets to its grid: a node in this JVM, a client that joins by addresses, or an Ignite that it is given. */
@NullMarked
package io.github.ignitetasks.internal.connect;

import org.jspecify.annotations.NullMarked;
