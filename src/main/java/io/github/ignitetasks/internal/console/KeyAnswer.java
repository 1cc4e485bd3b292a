package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.client.ServerAnswers;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.KeyReport;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The answer of a grid about one key.
 *
 * @param key the key
 * @param ended its final state; its result is not there; empty if it has none
 * @param resultBytes how many bytes its result takes
 * @param running the report of the server that has its call; empty if no server has it
 * @param claimant the name of the node of the grid that has a claim on the key, if there is one
 * @param silent the names of the servers that did not answer
 * @param answered how many servers answered
 */
record KeyAnswer(
        String key,
        Optional<State<?>> ended,
        long resultBytes,
        Optional<KeyReport> running,
        Optional<String> claimant,
        List<String> silent,
        int answered) {
    /** The state of a key that has no final one, and runs or is about to. */
    static final String RUNNING = "Running";

    /** The state of a key of which no server knows. */
    static final String UNKNOWN = "Unknown";

    /**
     * Makes the answer for a key from those of servers. A claim of a node that has left does not count: nobody runs the key
     * until it is submitted again.
     *
     * @param nodeNames gives the name of a node by its id; empty if it has left
     */
    static KeyAnswer of(String key, ServerAnswers<KeyReport> answers, Function<UUID, Optional<String>> nodeNames) {
        List<KeyReport> reports = answers.answered();
        Optional<KeyReport> ended = reports.stream()
                .filter(report -> report.record().filter(KeyAnswer::isEnd).isPresent())
                .findFirst();
        Optional<String> claimant = reports.stream()
                .flatMap(report -> report.record().stream())
                .filter(record -> !isEnd(record))
                .map(ClaimRecord::read)
                .filter(claim -> !claim.isGivenUp())
                .flatMap(claim -> nodeNames.apply(claim.node()).stream())
                .findFirst();
        return new KeyAnswer(
                key,
                ended.flatMap(KeyReport::record).map(record -> state(key, record)),
                ended.map(KeyReport::resultBytes).orElse(0L),
                running(reports),
                claimant,
                answers.silent().stream().map(GridQueries::nodeName).sorted().toList(),
                reports.size());
    }

    /** Returns whether a record, whole or a head, is one of a final state. */
    private static boolean isEnd(byte[] record) {
        return StateRecord.isHead(record) || StateRecord.isState(record);
    }

    /** Returns the state of a record without its result. */
    private static State<?> state(String key, byte[] record) {
        return StateRecord.isHead(record)
                ? StateRecord.ofHead(record, () -> {
                    throw new IllegalStateException("the result of key '" + key + "' was not asked for");
                })
                : StateRecord.read(key, record, KeyAnswer.class.getClassLoader(), StateRecord.ObjectContext.ofThread());
    }

    /** Returns the report of the server that runs the call, or else of one that has it. */
    private static Optional<KeyReport> running(List<KeyReport> reports) {
        return reports.stream()
                .filter(report -> report.call().isPresent())
                .findFirst()
                .or(() -> reports.stream().filter(KeyReport::inFlight).findFirst());
    }

    /** Returns the state for display. */
    String state() {
        if (ended.isPresent()) {
            return ended.get().type().toString();
        }
        return isRunning() ? RUNNING : UNKNOWN;
    }

    /**
     * Returns the status.
     *
     * @throws IllegalStateException if no server that answered knows the key, and some did not answer
     */
    KeyStatus status() {
        if (ended.isPresent()) {
            return KeyStatus.of(ended.get().type());
        }
        if (isRunning()) {
            return KeyStatus.RUNNING;
        }
        if (!silent.isEmpty() || answered == 0) {
            throw new IllegalStateException("no server that answered knows the key, and these did not answer: "
                    + String.join(", ", silent) + "; try again");
        }
        return KeyStatus.UNKNOWN;
    }

    private boolean isRunning() {
        return running.isPresent() || claimant.isPresent();
    }

    /** Returns the name of the server that has the call, or where the key ended. */
    Optional<String> server() {
        return ended.<String>map(State::node)
                .or(() -> running.map(KeyReport::node))
                .or(() -> claimant);
    }

    /** Returns the exit code. */
    int exitCode() {
        if (ended.isPresent()) {
            return ended.get().isCompleted() ? ExitCodes.OK : ExitCodes.NOT_COMPLETED;
        }
        if (isRunning()) {
            return ExitCodes.RUNNING;
        }
        if (answered == 0) {
            return ExitCodes.UNREACHABLE;
        }
        return silent.isEmpty() ? ExitCodes.UNKNOWN : ExitCodes.INCOMPLETE;
    }
}
