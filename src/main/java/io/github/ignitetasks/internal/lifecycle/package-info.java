/** What is open in this JVM, and its orderly end when the JVM ends. */
@NullMarked
package io.github.ignitetasks.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
