@NullMarked
package io.github.ignitetasks.internal.web;

import org.jspecify.annotations.NullMarked;
