/** The records that a grid keeps for each key: those of states and claims. */
@NullMarked
package io.github.ignitetasks.internal.protocol;

import org.jspecify.annotations.NullMarked;
