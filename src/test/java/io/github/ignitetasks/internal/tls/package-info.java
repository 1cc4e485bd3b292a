@NullMarked
package io.github.ignitetasks.internal.tls;

import org.jspecify.annotations.NullMarked;
