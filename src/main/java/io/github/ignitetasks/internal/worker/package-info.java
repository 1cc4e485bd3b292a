/** What a node does with the calls that sessions send it: decides who runs a key, runs it, records its state, tells it. */
@NullMarked
package io.github.ignitetasks.internal.worker;

import org.jspecify.annotations.NullMarked;
