/** Tests of what a node does with calls. */
@NullMarked
package io.github.ignitetasks.internal.worker;

import org.jspecify.annotations.NullMarked;
