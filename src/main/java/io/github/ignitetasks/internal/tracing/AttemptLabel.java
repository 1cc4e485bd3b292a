package io.github.ignitetasks.internal.tracing;

import java.time.Instant;
import java.util.Optional;

/**
 * The attributes of an attempt in its span.
 *
 * @param key the key of the call
 * @param name its name; empty if it has none
 * @param flowRun the id of the flow run that submitted it; empty if no flow did
 * @param node the name of the node that runs it
 * @param number the number of the attempt, from 1
 * @param startTime when it started
 */
public record AttemptLabel(
        String key, Optional<String> name, Optional<String> flowRun, String node, int number, Instant startTime) {}
