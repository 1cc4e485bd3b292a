/** Tests of where nodes come from. */
@NullMarked
package io.github.ignitetasks.cluster;

import org.jspecify.annotations.NullMarked;
