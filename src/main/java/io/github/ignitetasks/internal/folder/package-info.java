/** Directories on disk that belong to one user and are removed with the process that created them. */
@NullMarked
package io.github.ignitetasks.internal.folder;

import org.jspecify.annotations.NullMarked;
