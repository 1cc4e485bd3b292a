@NullMarked
package io.github.ignitetasks;

import org.jspecify.annotations.NullMarked;
