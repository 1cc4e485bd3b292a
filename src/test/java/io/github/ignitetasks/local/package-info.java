@NullMarked
package io.github.ignitetasks.local;

import org.jspecify.annotations.NullMarked;
