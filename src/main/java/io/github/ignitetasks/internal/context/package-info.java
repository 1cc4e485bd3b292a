/**
 * The futures and running calls as all parts of the library see them. This package imports no other, so that the
 * contract can use it too.
 */
@NullMarked
package io.github.ignitetasks.internal.context;

import org.jspecify.annotations.NullMarked;
