/** Tests of what a grid keeps. */
@NullMarked
package io.github.ignitetasks.ignite.record;

import org.jspecify.annotations.NullMarked;
