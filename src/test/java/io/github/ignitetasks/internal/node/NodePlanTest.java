package io.github.ignitetasks.internal.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.folder.WorkFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how the plan of a node gets to another process. */
final class NodePlanTest {
    private static final NodePlan BARE = plan(NodeAttributes.none());

    private static NodePlan plan(NodeAttributes declared) {
        return new NodePlan(
                new NodePlan.Ports(1, 2),
                List.of("127.0.0.1:1", "127.0.0.1:3"),
                NodeSettings.withSlots(4).with(5L).with(declared),
                new WorkFolder(Path.of("work")));
    }

    @Test
    void argumentsCarryWhatTheNodeDeclaresWhateverItsCharacters() {
        NodePlan plan = plan(NodeAttributes.none()
                .withAttribute("zone", "a,b=c d\"é")
                .withAttribute("a=b", "%41+")
                .withResource("gpu", 1)
                .withResource("größe,=", Integer.MAX_VALUE));
        List<String> arguments = plan.toArguments();

        NodeSettings read =
                NodePlan.ofArguments(arguments.toArray(String[]::new)).settings();

        assertThat(read.declared()).isEqualTo(plan.settings().declared());
        assertThat(read.slots()).isEqualTo(4);
        assertThat(read.recordBytes()).isEqualTo(5);
        assertThat(arguments).allMatch(US_ASCII.newEncoder()::canEncode).noneMatch(argument -> argument.contains(" "));
    }

    @Test
    void planThatDeclaresNothingReadsAsSuch() {
        assertThat(NodePlan.ofArguments(BARE.toArguments().toArray(String[]::new))
                        .settings()
                        .declared())
                .isEqualTo(NodeAttributes.none());
    }
}
