/** Tests of clusters and of the ways to get their nodes. */
@NullMarked
package io.github.ignitetasks.cluster;

import org.jspecify.annotations.NullMarked;
