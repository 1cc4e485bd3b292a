/** Listeners that observe runs: each gives a {@link io.github.ignitetasks.TaskListener} for a runner or a flow. */
@NullMarked
package io.github.ignitetasks.observe;

import org.jspecify.annotations.NullMarked;
