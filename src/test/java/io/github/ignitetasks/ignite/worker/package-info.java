/** Tests of what a node does with calls. */
@NullMarked
package io.github.ignitetasks.ignite.worker;

import org.jspecify.annotations.NullMarked;
