package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.json.JsonWriter;
import io.github.ignitetasks.internal.view.FailureGroups.Example;
import io.github.ignitetasks.support.JsonValue;
import org.junit.jupiter.api.Test;

/** Tests how much room failures take. */
final class FailureGroupsTest {
    private static byte[] written(String message, String stack, FrameLimits limits) {
        FailureGroups groups = new FailureGroups();
        Example example = new Example("key", message, stack, "n1", 1, 0);
        for (int i = 0; i < FailureGroups.MAX_GROUPS; i++) {
            groups.add("t" + i, StateType.FAILED, Failure.ofText("E", message, stack), example);
        }
        JsonWriter json = new JsonWriter().object();
        groups.write(json, limits);
        return json.endObject().bytes();
    }

    @Test
    void longTextsAreNotKept() {
        Example example = new Example("k".repeat(1_024), "m".repeat(9_000), "s".repeat(9_000), "n".repeat(9_000), 1, 0);

        assertThat(example.key()).hasSize(1_024); // whole, as the page asks for it
        assertThat(example.message()).hasSize(2_000);
        assertThat(example.stack()).hasSize(8_000);
        assertThat(example.node()).hasSize(200);
    }

    @Test
    void escapedCharactersCountAsTheBytesThatTheyTake() {
        String message = "<&>".repeat(1_000);
        String stack = "\u0001é\u2028".repeat(3_000);

        assertThat(written(message, stack, FrameLimits.LIVE)).hasSizeLessThan(60_000 + 50_000 + 50 * 200);
        assertThat(written(message, stack, FrameLimits.REPORT)).hasSizeLessThan(800_000 + 250_000 + 101 * 200);
    }

    @Test
    void textThatFitsIsNotCut() {
        String message = "</b>".repeat(20);

        JsonValue rows = JsonValue.parse(new String(written(message, "\tat a", FrameLimits.LIVE), UTF_8))
                .at("rows");

        assertThat(rows.at(49).text("message")).isEqualTo(message);
        assertThat(rows.at(49).text("stack")).isEqualTo("\tat a");
    }
}
