@NullMarked
package io.github.ignitetasks.observe;

import org.jspecify.annotations.NullMarked;
