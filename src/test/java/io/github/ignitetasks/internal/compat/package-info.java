@NullMarked
package io.github.ignitetasks.internal.compat;

import org.jspecify.annotations.NullMarked;
