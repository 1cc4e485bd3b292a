package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests that two JVMs read each other's records. The other JVM does not open packages to the library as grid nodes do,
 * so it writes lambdas as the JDK does.
 */
final class RecordsAcrossJvmsTest {
    @Test
    void recordsOfOneJvmAreReadInAnotherAndBack() throws Exception {
        try (ChildJvm other = ChildJvm.start(
                List.of(),
                RecordMain.class,
                RecordMain.write(RecordMain.objects()),
                RecordMain.write(RecordMain.call()))) {
            assertThat(other.awaitLine("read ")).isEqualTo(RecordMain.objects().toString());
            assertThat(other.awaitLine("called ")).isEqualTo("captured [1, 2]");
            assertThat(RecordMain.read(other.awaitLine("wrote "))).isEqualTo(RecordMain.objects());
            assertThat(((RecordMain.Call) RecordMain.read(other.awaitLine("wrote "))).get())
                    .isEqualTo("captured [1, 2]");
        }
    }
}
