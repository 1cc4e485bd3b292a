@NullMarked
package io.github.ignitetasks.wire;

import org.jspecify.annotations.NullMarked;
