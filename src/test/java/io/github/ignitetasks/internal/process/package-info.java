@NullMarked
package io.github.ignitetasks.internal.process;

import org.jspecify.annotations.NullMarked;
