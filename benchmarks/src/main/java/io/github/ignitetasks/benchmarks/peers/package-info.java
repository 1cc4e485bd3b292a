/** What the library is compared with. */
@NullMarked
package io.github.ignitetasks.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
