@NullMarked
package io.github.ignitetasks.internal.connect;

import org.jspecify.annotations.NullMarked;
