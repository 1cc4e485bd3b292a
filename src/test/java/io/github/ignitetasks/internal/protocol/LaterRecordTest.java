package io.github.ignitetasks.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests records that a later version of this library has written. */
final class LaterRecordTest {
    private static final ClassLoader LOADER = LaterRecordTest.class.getClassLoader();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 32, 33, 127, 128})
    void recordOfALaterVersionIsCrashedNamingBothVersions(int version) {
        byte[] record = new byte[80_000];
        record[0] = (byte) -version;

        assertThat(StateRecord.isState(record)).isTrue();
        assertThat(StateRecord.isHead(record)).isFalse();
        assertThat(StateRecord.type(record)).isEqualTo(StateType.CRASHED);
        assertThat(StateRecord.hasNoObjects(record)).isTrue();
        State<Object> state = read(record);
        assertThat(state).isInstanceOf(State.Crashed.class);
        assertThat(state.describe())
                .contains("written by a later version")
                .contains("records of version " + version + ")")
                .contains("up to 1")
                .contains("update it");
    }

    @Test
    void sessionIsSentOnlyTheVersionOfALaterRecord() {
        byte[] sent = StateRecord.toSend(new byte[] {-2, 1, 2, 3}, 1);

        assertThat(sent).containsExactly(-2);
        assertThat(StateRecord.nanos(sent)).isZero();
        assertThat(read(sent).describe()).contains("records of version 2)");
    }

    @Test
    void recordOfALaterVersionIsNoClaim() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClaimRecord.read(new byte[] {-2}))
                .withMessageContaining("written by a later version")
                .withMessageContaining("records of version 2)");
    }

    private static State<Object> read(byte[] record) {
        return StateRecord.read("key", record, LOADER, StateRecord.ObjectContext.ofThread());
    }
}
