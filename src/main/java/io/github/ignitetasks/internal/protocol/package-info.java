/** What a grid keeps for each key: the records of states and claims. */
@NullMarked
package io.github.ignitetasks.internal.protocol;

import org.jspecify.annotations.NullMarked;
