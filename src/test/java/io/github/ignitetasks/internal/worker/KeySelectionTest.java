package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class KeySelectionTest {
    private static final Instant TIME = Instant.ofEpochSecond(7);
    private static final ExecutionInfo INFO = new ExecutionInfo(TIME, TIME, "node-1", 1);
    private static final byte[] COMPLETED = StateRecord.write(new State.Completed<>(42, INFO));
    private static final byte[] FAILED =
            StateRecord.write(new State.Failed<>(State.Failed.Reason.EXCEPTION, Failure.ofText("", "", ""), INFO));
    private static final UUID NODE = new UUID(1, 2);

    private static KeySelection selection(String prefix, Optional<KeyState> state, int limit) {
        return new KeySelection(
                prefix, state, limit, id -> Optional.of(id).filter(NODE::equals).map(node -> "node of " + node));
    }

    private static List<String> keysOf(KeySelection selection) {
        return selection.list().first().stream().map(KeyList.ListedKey::key).toList();
    }

    @Test
    void firstKeysAreKeptAndAllAreCounted() {
        KeySelection selection = selection("", Optional.empty(), 2);

        List.of("d", "b", "e", "a", "c").forEach(key -> selection.add(key, COMPLETED));

        assertThat(keysOf(selection)).containsExactly("a", "b");
        assertThat(selection.list().matching()).isEqualTo(5);
    }

    @Test
    void keyThatDoesNotMatchIsNotCounted() {
        KeySelection selection = selection("a", Optional.of(KeyState.FAILED), 10);

        selection.add("a-1", COMPLETED);
        selection.add("a-2", FAILED);
        selection.add("b-3", FAILED);

        assertThat(keysOf(selection)).containsExactly("a-2");
        assertThat(selection.list().matching()).isEqualTo(1);
    }

    @Test
    void endedKeyHasItsNodeAndEndTime() {
        KeySelection selection = selection("", Optional.empty(), 10);

        selection.add("failed", FAILED);

        assertThat(selection.list().first())
                .containsExactly(new KeyList.ListedKey("failed", KeyState.FAILED, "node-1", Optional.of(TIME)));
    }

    @Test
    void claimIsAKeyThatRunsUnlessItWasGivenUpOrItsNodeHasLeft() {
        KeySelection selection = selection("", Optional.empty(), 10);

        selection.add("claimed", ClaimRecord.of(NODE, List.of()).bytes());
        selection.add("given-up", ClaimRecord.of(NODE, List.of()).givenUp().bytes());
        selection.add("left", ClaimRecord.of(new UUID(3, 4), List.of()).bytes());
        selection.addRunning("owned", () -> "here");

        assertThat(selection.list().first())
                .containsExactly(
                        new KeyList.ListedKey("claimed", KeyState.RUNNING, "node of " + NODE, Optional.empty()),
                        new KeyList.ListedKey("owned", KeyState.RUNNING, "here", Optional.empty()));
    }
}
