@NullMarked
package io.github.ignitetasks.internal.view;

import org.jspecify.annotations.NullMarked;
