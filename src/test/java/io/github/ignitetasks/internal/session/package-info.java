@NullMarked
package io.github.ignitetasks.internal.session;

import org.jspecify.annotations.NullMarked;
