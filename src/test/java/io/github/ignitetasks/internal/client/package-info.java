@NullMarked
package io.github.ignitetasks.internal.client;

import org.jspecify.annotations.NullMarked;
