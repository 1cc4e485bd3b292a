/**
 * What the parts of the library know of each other's futures and running calls without importing them. It imports no
 * other package, so that the contract can use it too.
 */
@NullMarked
package io.github.ignitetasks.internal.context;

import org.jspecify.annotations.NullMarked;
