package io.github.ignitetasks.cluster;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JvmOpensTest {

    @Test
    void jvmWithTheOptionsPasses() {
        assertThatCode(JvmOpens::check).doesNotThrowAnyException();
    }

    @Test
    void jvmWithoutTheOptionsIsToldEachOfThem() {
        try (ChildJvm jvm = ChildJvm.start(List.of(), StartMain.class)) {
            String message = jvm.awaitLine("refused: ");
            assertThat(message).contains("Add them to the java command").contains("argLine");
            for (String option : JvmOpens.options()) {
                jvm.awaitLine(option);
            }
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    @Test
    void jvmThatLacksOneOptionIsToldThatOneBeforeIgniteIsTouched(@TempDir Path folder) throws IOException {
        Path loadedClasses = folder.resolve("classes");
        List<String> options = JvmOpens.options().stream()
                .filter(option -> !option.contains("java.base/java.nio="))
                .collect(toCollection(ArrayList::new));
        options.add("-Xlog:class+load:file=" + loadedClasses);

        try (ChildJvm jvm = ChildJvm.start(options, StartMain.class)) {
            jvm.awaitLine("refused: ");
            assertThat(jvm.awaitLine("--add-opens=")).isEqualTo("java.base/java.nio=ALL-UNNAMED");
            assertThat(jvm.awaitExit()).isZero();
        }
        assertThat(loadedClasses).content().contains("IgniteTaskRunner").doesNotContain("GridUnsafe");
    }

    @Test
    void jvmWithoutTheOptionsIsToldSoWhenItStartsALocalCluster() {
        try (ChildJvm jvm = ChildJvm.start(List.of(), StartMain.class, "cluster")) {
            assertThat(jvm.awaitLine("refused: ")).contains("Add them to the java command");
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    /** Starts a runner, or a cluster if it is given any argument, and prints why it is refused. */
    static final class StartMain {
        private StartMain() {}

        public static void main(String[] args) {
            try {
                if (args.length > 0) {
                    new LocalCluster().start().close();
                } else {
                    IgniteTaskRunner.create().start().close();
                }
            } catch (IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
                return;
            }
            System.out.println("started");
        }
    }
}
