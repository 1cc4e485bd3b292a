/** The nodes of a local cluster: child JVMs, their class path, options and archive. */
@NullMarked
package io.github.ignitetasks.internal.process;

import org.jspecify.annotations.NullMarked;
