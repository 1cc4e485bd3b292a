/** The contract: a runner starts a session, which runs calls under keys and returns futures of their final states. */
@NullMarked
package io.github.ignitetasks;

import org.jspecify.annotations.NullMarked;
