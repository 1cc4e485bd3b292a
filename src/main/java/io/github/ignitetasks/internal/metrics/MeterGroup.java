package io.github.ignitetasks.internal.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The registry and the tags of one set of meters.
 *
 * @param registry has the meters
 * @param tags are on each of them
 */
record MeterGroup(MeterRegistry registry, Tags tags) {}
