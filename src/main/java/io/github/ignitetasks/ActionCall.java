package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The call that runs an action. It is a named class so that errors can name its field. */
record ActionCall(TaskAction action) implements TaskCall<@Nullable Void> {
    ActionCall {
        requireNonNull(action, "action");
    }

    @Override
    @SuppressWarnings("NullAway") // NullAway does not see that a type parameter stands for @Nullable Void
    public Void call() throws Exception {
        action.run();
        return null;
    }
}
