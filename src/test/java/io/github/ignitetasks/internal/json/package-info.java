@NullMarked
package io.github.ignitetasks.internal.json;

import org.jspecify.annotations.NullMarked;
