@NullMarked
package io.github.ignitetasks.contract;

import org.jspecify.annotations.NullMarked;
