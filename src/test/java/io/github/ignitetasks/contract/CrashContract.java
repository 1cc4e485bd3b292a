package io.github.ignitetasks.contract;

import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Contract of calls that do not crash, and of calls after a crash. {@link CopiedCallsContract} tests calls that crash.
 */
interface CrashContract extends Contract {

    @Test
    default void documentOfManyLevelsPassesAsArgumentAndResult() {
        Map<String, Object> document = document(500);

        assertThat(end(session().submit(key("argument"), () -> levels(document)))
                        .result())
                .isEqualTo(500);
        assertThat(levels(end(session().submit(key("result"), () -> document(500)))
                        .result()))
                .isEqualTo(500);
    }

    private static Map<String, Object> document(int levels) {
        Map<String, Object> node = new HashMap<>();
        for (int i = 1; i < levels; i++) {
            node = new HashMap<>(Map.of("child", node, "copies", Collections.nCopies(1_200, "open")));
        }
        return node;
    }

    private static int levels(Map<?, ?> document) {
        int levels = 0;
        for (Object node = document; node instanceof Map<?, ?> map; node = map.get("child")) {
            levels++;
        }
        return levels;
    }

    @Test
    default void crashLeavesTheNextCallAlone() {
        end(session().submit(key("spoilt"), Spoilt.Unwritable::new));

        assertThat(end(session().submit(key("next"), () -> 1)).result()).isEqualTo(1);
    }
}
