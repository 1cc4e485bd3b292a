@NullMarked
package io.github.ignitetasks.internal.base;

import org.jspecify.annotations.NullMarked;
