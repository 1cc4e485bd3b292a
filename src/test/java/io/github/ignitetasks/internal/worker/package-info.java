/** Tests of the handling of calls on a node. */
@NullMarked
package io.github.ignitetasks.internal.worker;

import org.jspecify.annotations.NullMarked;
