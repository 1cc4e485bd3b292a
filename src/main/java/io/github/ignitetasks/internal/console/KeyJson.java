package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.FailedAttempt;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.json.JsonObject;
import io.github.ignitetasks.internal.worker.KeyReport;
import java.util.List;
import java.util.Optional;

/** The answer for a key as a JSON object. docs/operations.md documents the names. */
final class KeyJson {
    private KeyJson() {}

    /** Returns the object. */
    static JsonObject of(KeyAnswer answer) {
        Optional<State<?>> ended = answer.ended();
        Optional<KeyReport> running = answer.running().filter(report -> ended.isEmpty());
        List<JsonObject> attempts = ended.map(State::failedAttempts).orElse(List.of()).stream()
                .map(KeyJson::attempt)
                .toList();
        return new JsonObject()
                .with("key", answer.key())
                .with("state", answer.state())
                .with("server", answer.server())
                .with("attempt", ended.map(State::attempt))
                .with("startTime", ended.map(State::startTime))
                .with("endTime", ended.map(State::endTime))
                .with("resultBytes", ended.filter(State::isCompleted).map(state -> answer.resultBytes()))
                .with("failure", ended.flatMap(State::failure).map(KeyJson::failure))
                .with("failedAttempts", attempts)
                .with("call", running.flatMap(KeyReport::call).map(StatusJson::call))
                .with("stack", running.flatMap(KeyReport::stack))
                .with("noAnswer", answer.silent());
    }

    private static JsonObject failure(Failure failure) {
        return new JsonObject()
                .with("type", failure.type())
                .with("message", failure.message())
                .with("stackTrace", failure.stackTrace());
    }

    private static JsonObject attempt(FailedAttempt attempt) {
        return new JsonObject()
                .with("number", attempt.number())
                .with("server", attempt.node())
                .with("startTime", attempt.startTime())
                .with("endTime", attempt.endTime())
                .with("failure", failure(attempt.failure()));
    }
}
