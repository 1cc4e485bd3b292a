/**
 * What the library needs of Ignite's internals, and nothing else: no other package imports {@code
 * org.apache.ignite.internal}, or depends on the messages and stack frames of Ignite.
 */
@NullMarked
package io.github.ignitetasks.internal.compat;

import org.jspecify.annotations.NullMarked;
