@NullMarked
package io.github.ignitetasks.internal.execution;

import org.jspecify.annotations.NullMarked;
