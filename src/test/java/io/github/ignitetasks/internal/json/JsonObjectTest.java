package io.github.ignitetasks.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonObjectTest {

    @Test
    void valuesOfAllKindsAreWrittenInTheOrderInWhichTheyCome() {
        JsonObject object = new JsonObject()
                .with("text", "a b")
                .with("number", 7L)
                .with("share", 0.25)
                .with("yes", true)
                .with("time", Instant.EPOCH)
                .with("none", Optional.empty())
                .with("some", Optional.of(Optional.of(3)))
                .with("list", List.of("a", 1, List.of()))
                .with("object", new JsonObject());

        assertThat(object)
                .hasToString("{\"text\":\"a b\",\"number\":7,\"share\":0.25,\"yes\":true,"
                        + "\"time\":\"1970-01-01T00:00:00Z\",\"none\":null,\"some\":3,\"list\":[\"a\",1,[]],"
                        + "\"object\":{}}");
    }

    @ParameterizedTest
    @CsvSource({
        "34, \\\"",
        "92, \\\\",
        "10, \\u000a",
        "27, \\u001b",
        "127, \\u007f",
        "228, \\u00e4",
        "8232, \\u2028",
        "128512, \\ud83d\\ude00",
        "55296, \\ud800"
    })
    void characterThatCouldBreakTheTextIsEscaped(int point, String escaped) {
        assertThat(new JsonObject().with("a", Character.toString(point))).hasToString("{\"a\":\"" + escaped + "\"}");
    }

    @Test
    void numberThatJsonCannotHaveIsNull() {
        assertThat(new JsonObject().with("a", Double.NaN)).hasToString("{\"a\":null}");
    }

    @Test
    void nameIsEscapedToo() {
        assertThat(new JsonObject().with("\"", 1)).hasToString("{\"\\\"\":1}");
    }
}
