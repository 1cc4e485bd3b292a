@NullMarked
package io.github.ignitetasks.internal.node;

import org.jspecify.annotations.NullMarked;
