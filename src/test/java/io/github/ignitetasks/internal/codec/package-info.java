@NullMarked
package io.github.ignitetasks.internal.codec;

import org.jspecify.annotations.NullMarked;
