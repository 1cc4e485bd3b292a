/** Clusters of server nodes: how to start, scale and secure them. */
@NullMarked
package io.github.ignitetasks.cluster;

import org.jspecify.annotations.NullMarked;
