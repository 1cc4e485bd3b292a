@NullMarked
package io.github.ignitetasks.internal.events;

import org.jspecify.annotations.NullMarked;
