/** The nodes of a local cluster: child JVMs with their class path, options and class-data archive. */
@NullMarked
package io.github.ignitetasks.internal.process;

import org.jspecify.annotations.NullMarked;
