/** What observes runs: each class is a {@link io.github.ignitetasks.TaskListener} to give to a runner or a flow. */
@NullMarked
package io.github.ignitetasks.observe;

import org.jspecify.annotations.NullMarked;
