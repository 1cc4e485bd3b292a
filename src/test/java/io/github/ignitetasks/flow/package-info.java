@NullMarked
package io.github.ignitetasks.flow;

import org.jspecify.annotations.NullMarked;
