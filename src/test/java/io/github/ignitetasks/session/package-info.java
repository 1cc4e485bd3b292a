@NullMarked
package io.github.ignitetasks.session;

import org.jspecify.annotations.NullMarked;
