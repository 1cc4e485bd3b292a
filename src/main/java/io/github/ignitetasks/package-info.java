/** The contract: a runner starts a session, which runs calls under keys and answers with futures that end in states. */
@NullMarked
package io.github.ignitetasks;

import org.jspecify.annotations.NullMarked;
