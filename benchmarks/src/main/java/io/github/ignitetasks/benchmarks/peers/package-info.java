/** The peers to which the library is compared. */
@NullMarked
package io.github.ignitetasks.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
