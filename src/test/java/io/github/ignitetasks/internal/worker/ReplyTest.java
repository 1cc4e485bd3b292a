package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests which replies have nothing but progress, and so do not move calls on. */
final class ReplyTest {
    private final CallUpdate progress = new CallUpdate.Progress("key", 1, Optional.empty());

    private static Reply reply(CallUpdate... updates) {
        return new Reply(1, false, List.of(updates), 0);
    }

    @Test
    void onlyAReplyWithProgressAndNothingElseHasProgressAlone() {
        assertThat(reply(progress, progress).isProgressAlone()).isTrue();
        assertThat(reply(progress, new CallUpdate.Paused("key")).isProgressAlone())
                .isFalse();
        assertThat(reply().isProgressAlone()).isFalse();
    }
}
