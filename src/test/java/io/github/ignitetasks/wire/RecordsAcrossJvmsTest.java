package io.github.ignitetasks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordsAcrossJvmsTest {
    @Test
    void recordOfOneJvmIsReadInAnotherAndBack() throws Exception {
        try (ChildJvm other = ChildJvm.start(List.of(), RecordMain.class, RecordMain.write(RecordMain.objects()))) {
            assertThat(other.awaitLine("read ")).isEqualTo(RecordMain.objects().toString());
            assertThat(RecordMain.read(other.awaitLine("wrote "))).isEqualTo(RecordMain.objects());
        }
    }
}
