@NullMarked
package io.github.ignitetasks.node;

import org.jspecify.annotations.NullMarked;
