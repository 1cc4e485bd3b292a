/** The credentials of nodes, and a check why TLS keeps a node out. */
@NullMarked
package io.github.ignitetasks.internal.tls;

import org.jspecify.annotations.NullMarked;
