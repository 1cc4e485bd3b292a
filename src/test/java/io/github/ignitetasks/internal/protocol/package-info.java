/** Tests of the records that a grid keeps. */
@NullMarked
package io.github.ignitetasks.internal.protocol;

import org.jspecify.annotations.NullMarked;
