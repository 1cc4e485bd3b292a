package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DepartedNodesTest {
    private final ClusterNode live = node("live");
    private final ClusterNode dead = node("dead");

    @Test
    void namesNodeThatLives() {
        DepartedNodes past = new DepartedNodes(cluster(Map.of(1L, List.of(live))));

        assertThat(past.death(live.id())).hasToString("live (" + live.id() + ")");
    }

    @Test
    void namesDeadNodeFromBeforeGapInWhatIsRemembered() {
        DepartedNodes past = new DepartedNodes(cluster(Map.of(2L, List.of(dead, live), 5L, List.of(live))));

        assertThat(past.death(dead.id())).hasToString("dead (" + dead.id() + ")");
    }

    @Test
    void forgottenNodeHasItsIdAlone() {
        DepartedNodes past = new DepartedNodes(cluster(Map.of(5L, List.of(live))));

        assertThat(past.death(dead.id())).hasToString(dead.id().toString());
    }

    /**
     * Returns a fake grid that remembers these topology versions. On a real grid, timing decides which versions a node
     * misses.
     */
    private static IgniteCluster cluster(Map<Long, List<ClusterNode>> remembered) {
        long now = remembered.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
        return made(IgniteCluster.class, (name, argument) -> switch (name) {
            case "topologyVersion" -> now;
            case "nodes" -> remembered.get(now);
            case "topology" -> remembered.get(argument);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private static ClusterNode node(String name) {
        UUID id = UUID.randomUUID();
        return made(ClusterNode.class, (method, argument) -> switch (method) {
            case "id" -> id;
            case "consistentId" -> name;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Answers {
        @Nullable
        Object to(String method, @Nullable Object argument);
    }

    private static <T> T made(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments == null ? null : arguments[0])));
    }
}
