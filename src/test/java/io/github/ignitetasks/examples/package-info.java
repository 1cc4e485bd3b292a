@NullMarked
package io.github.ignitetasks.examples;

import org.jspecify.annotations.NullMarked;
