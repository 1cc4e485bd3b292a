@NullMarked
package io.github.ignitetasks.lifecycle;

import org.jspecify.annotations.NullMarked;
