/** Main classes and helpers that tests with several processes share. */
@NullMarked
package io.github.ignitetasks.support;

import org.jspecify.annotations.NullMarked;
