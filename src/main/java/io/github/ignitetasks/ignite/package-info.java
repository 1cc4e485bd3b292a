/** Runs calls on an Ignite grid, which keeps a record for each key. */
@NullMarked
package io.github.ignitetasks.ignite;

import org.jspecify.annotations.NullMarked;
