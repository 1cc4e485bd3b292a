package io.github.ignitetasks.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.json.JsonWriter;
import io.github.ignitetasks.support.JsonValue;
import org.junit.jupiter.api.Test;

/** Tests the series of rates. */
final class RateSeriesTest {
    private static JsonValue written(RateSeries rates, long elapsed) {
        JsonWriter json = new JsonWriter().object();
        rates.write(json, 7, elapsed);
        return JsonValue.parse(new String(json.endObject().bytes(), UTF_8));
    }

    private static JsonValue array(RateSeries rates, long elapsed) {
        return written(rates, elapsed).at("ended");
    }

    @Test
    void seriesHasAStepForEachSecondUpToNow() {
        RateSeries rates = new RateSeries();
        rates.add(500, 2, 1);
        rates.add(2_100, 3, 0);

        assertThat(array(rates, 3_000).elements())
                .extracting(JsonValue::asDouble)
                .containsExactly(2.0, 0.0, 3.0, 0.0);
        assertThat(written(rates, 3_000).at("failed").at(0).asDouble()).isEqualTo(1);
        assertThat(written(rates, 3_000).number("from")).isEqualTo(7);
    }

    @Test
    void recentRateOfALongRunIsOfTheLastSeconds() {
        RateSeries rates = new RateSeries();
        for (int second = 0; second < 100_000; second++) {
            rates.add(second * 1_000L, second < 99_990 ? 7 : 3, 0);
        }
        rates.add(100_000_000, 50, 0);

        assertThat(written(rates, 100_000_500).at("recent").asDouble())
                .as("without the second that is not over")
                .isEqualTo(3);
        assertThat(written(rates, 100_005_500).at("recent").asDouble()).isEqualTo((5 * 3 + 50) / 10.0);
        assertThat(written(rates, 100_020_000).at("recent").asDouble()).isZero();
    }

    @Test
    void stepDoublesSoThatALongRunFits() {
        RateSeries rates = new RateSeries();
        for (int second = 0; second < 5_000; second++) {
            rates.add(second * 1_000L, 1, 0);
        }

        assertThat(written(rates, 5_000_000).number("step")).isEqualTo(16_000);
        assertThat(array(rates, 5_000_000).elements()).hasSize(313).startsWith(new JsonValue.Numeral(16));
        assertThat(array(rates, 5_000_000).elements().stream()
                        .mapToDouble(JsonValue::asDouble)
                        .sum())
                .isEqualTo(5_000);
    }
}
