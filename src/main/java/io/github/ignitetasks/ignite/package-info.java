/** A task runner that runs calls on an Ignite grid and keeps a record of each key there. */
@NullMarked
package io.github.ignitetasks.ignite;

import org.jspecify.annotations.NullMarked;
