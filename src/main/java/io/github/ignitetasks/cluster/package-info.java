/** Where server nodes come from, and with what: their settings, and the cache of records. */
@NullMarked
package io.github.ignitetasks.cluster;

import org.jspecify.annotations.NullMarked;
