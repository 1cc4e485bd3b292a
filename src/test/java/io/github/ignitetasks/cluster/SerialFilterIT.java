package io.github.ignitetasks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.node.JvmOpens;
import io.github.ignitetasks.internal.node.JvmOpensTest;
import io.github.ignitetasks.support.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests a JVM whose application has set a serialization filter. */
final class SerialFilterIT {
    private static final String FILTER = "-Djdk.serialFilter=maxdepth=100000";
    private static final String REMEDY = "-DIGNITE_ENABLE_OBJECT_INPUT_FILTER_AUTOCONFIGURATION=false";

    @Test
    void filterOfTheApplicationIsAnErrorThatTellsTheRemedy() {
        try (ChildJvm jvm = start(FILTER)) {
            assertThat(jvm.awaitLine("refused: "))
                    .contains("serialization filter already")
                    .contains("jdk.serialFilter")
                    .contains(REMEDY);
        }
    }

    @Test
    void remedyWorks() {
        try (ChildJvm jvm = start(FILTER, REMEDY)) {
            jvm.awaitLine("started");
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    private static ChildJvm start(String... options) {
        List<String> all = new ArrayList<>(JvmOpens.options());
        all.addAll(List.of(options));
        return ChildJvm.start(all, JvmOpensTest.StartMain.class);
    }
}
