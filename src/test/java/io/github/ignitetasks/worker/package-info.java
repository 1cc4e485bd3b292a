@NullMarked
package io.github.ignitetasks.worker;

import org.jspecify.annotations.NullMarked;
