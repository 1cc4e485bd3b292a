@NullMarked
package io.github.ignitetasks.internal.folder;

import org.jspecify.annotations.NullMarked;
