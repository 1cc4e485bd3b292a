@NullMarked
package io.github.ignitetasks.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
