/** Where server nodes come from: clusters that start with the work, their size, their TLS, and how they scale. */
@NullMarked
package io.github.ignitetasks.cluster;

import org.jspecify.annotations.NullMarked;
