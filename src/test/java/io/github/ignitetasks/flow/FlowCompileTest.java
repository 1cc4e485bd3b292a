package io.github.ignitetasks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ignitetasks.support.UserCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the compiler accepts correct definitions and uses of flows, and refuses wrong ones. */
class FlowCompileTest {
    private static final String WRONG_TYPE = "compiler.err.prob.found.req";
    private static final String NO_SUCH_METHOD = "compiler.err.cant.resolve.location.args";
    private static final String DOES_NOT_APPLY = "compiler.err.cant.apply.symbol";
    private static final String NONE_APPLIES = "compiler.err.cant.apply.symbols";

    private static final String DEFINITIONS = """
            import io.github.ignitetasks.TaskFuture;
            import io.github.ignitetasks.TaskSession;
            import io.github.ignitetasks.flow.Flow;
            import io.github.ignitetasks.flow.FlowWithoutArgument;
            import io.github.ignitetasks.flow.Task;
            import io.github.ignitetasks.local.SequentialTaskRunner;
            import java.io.IOException;
            import java.net.URI;
            import java.time.Duration;
            import java.util.ArrayList;
            import java.util.List;
            import java.util.function.Consumer;
            import java.util.stream.IntStream;

            class UserCode {
                static final Task<Integer, Void> SHOUT = Task.named("shout").action(number -> {
                    Thread.sleep(500);
                    System.out.println("#" + number);
                });

                static final Flow<Integer, Void> COUNT_TO = Flow.named("count-to").action((run, highest) -> {
                    for (int number = 0; number < highest; number++) run.submit(SHOUT, number);
                });

                static final Task<String, Integer> LENGTH = Task.named("length")
                        .body(text -> text.length());

                static final Task<URI, String> FETCH = Task.named("fetch")
                    .retries(3, Duration.ofSeconds(1))
                    .timeout(Duration.ofMinutes(1))
                    .body(uri -> download(uri));

                static String download(URI uri) throws IOException {
                    return uri.toURL().getPath();
                }

                static final Task<List<Integer>, Integer> SUM = Task.named("sum").body(numbers -> {
                    int sum = 0;
                    for (int number : numbers) sum += number;
                    return sum;
                });

                static final Task<Void, String> GREET = Task.named("greet").body(() -> "hello");

                static final Task<Void, Void> PING = Task.named("ping").action(() -> System.out.println("ping"));

                static final Flow<List<String>, Integer> LENGTHS = Flow.named("lengths")
                        .retries(1, Duration.ZERO)
                        .timeout(Duration.ofHours(1))
                        .body((run, texts) -> {
                            List<TaskFuture<Integer>> lengths =
                                    texts.stream().map(text -> run.submit(LENGTH, text)).toList();
                            return run.submit(SUM, TaskFuture.all(lengths)).result();
                        });

                static final FlowWithoutArgument<Void> NIGHTLY = Flow.named("nightly").action(run -> run.submit(PING));

                static int value() { return 1; }
                static int failingValue() throws IOException { throw new IOException(); }
                static int overloadedValue() { return 1; }
                static int overloadedValue(int number) { return number; }
                static <T> List<T> genericValue() { return new ArrayList<>(); }
                static void nothing() { }
                static void failing() throws IOException { throw new IOException(); }
                static void overloaded() { }
                static void overloaded(int number) { }
                static void inSession(Consumer<TaskSession> use) { }

            """;

    /** The line number of the use, after the definitions and the first line of the method. */
    private static final long LINE = DEFINITIONS.lines().count() + 2;

    @TempDir
    private Path output;

    @ParameterizedTest
    @MethodSource
    void rightUseCompilesWithoutCastTypeWitnessOrWarning(String line) throws IOException {
        assertThat(compiled(line)).isEmpty();
    }

    static Stream<String> rightUseCompilesWithoutCastTypeWitnessOrWarning() {
        return Stream.of(
                "COUNT_TO.run(10);",
                "COUNT_TO.withTaskRunner(SequentialTaskRunner.create()).run(10);",
                "int sum = LENGTHS.run(List.of(\"a\", \"bc\"));",
                "NIGHTLY.withTaskRunner(SequentialTaskRunner.create()).run();",
                "boolean done = COUNT_TO.runState(10).isCompleted() && NIGHTLY.runState().isCompleted();",
                "Task<String, Integer> task = Task.named(\"length\").body(String::length);",
                "var task = Task.named(\"length\").body((String text) -> text.length());",
                "Flow<String, Integer> flow = Flow.named(\"f\").body((run, text) -> run.submit(LENGTH, text).result());",
                "Flow<String, Integer> flow = Flow.named(\"f\")"
                        + ".body((run, text) -> run.submit(LENGTH, run.submit(\"trim\", () -> text.trim())).result());",
                "FlowWithoutArgument<Integer> flow = Flow.named(\"f\")"
                        + ".body(run -> run.submit(LENGTH, run.submit(GREET)).result());",
                "Task<CharSequence, Integer> wide = Task.named(\"wide\").body(text -> text.length());"
                        + " IN_FLOW(run -> run.submit(wide, run.submit(GREET)));",
                "IN_FLOW(run -> run.submit(LENGTH, (String) null));",
                "IN_FLOW(run -> run.submitAction(\"ping\", () -> { }));",
                "IN_FLOW(run -> run.submitAction(\"ping\", UserCode::failing));");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "() -> value()",
                "() -> 1",
                "() -> failingValue()",
                "() -> { nothing(); return 1; }",
                "() -> { throw new IOException(); }",
                "() -> { while (true) nothing(); }",
                "() -> new Object()",
                "() -> genericValue()",
                "() -> null",
                "UserCode::value",
                "UserCode::failingValue",
                "UserCode::overloadedValue",
                "UserCode::genericValue",
                "ArrayList::new"
            })
    void codeWithAResultIsSubmittedAsACall(String code) throws IOException {
        assertThat(compiled("inSession(session -> session.submit(\"key\", " + code + "));"))
                .isEmpty();
        assertThat(compiled("inSession(session -> session.submit(" + code + "));"))
                .isEmpty();
        assertThat(compiled("IN_FLOW(run -> run.submit(\"name\", " + code + "));"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "() -> nothing()",
                "() -> { }",
                "() -> failing()",
                "() -> { nothing(); return; }",
                "() -> { throw new IOException(); }",
                "() -> { while (true) nothing(); }",
                "() -> value()",
                "() -> new Object()",
                "UserCode::nothing",
                "UserCode::failing",
                "UserCode::overloaded",
                "UserCode::value",
                "UserCode::overloadedValue",
                "UserCode::genericValue",
                "ArrayList::new"
            })
    void codeWithoutAResultIsSubmittedAsAnAction(String code) throws IOException {
        assertThat(compiled("inSession(session -> session.submitAction(\"key\", " + code + "));"))
                .isEmpty();
        assertThat(compiled("inSession(session -> session.submitAction(" + code + "));"))
                .isEmpty();
        assertThat(compiled("IN_FLOW(run -> run.submitAction(\"name\", " + code + "));"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void wrongUseIsRefusedInItsOwnLine(String line, String error) throws IOException {
        List<Diagnostic<? extends JavaFileObject>> said = compiled(line);

        assertThat(said).extracting(Diagnostic::getKind).contains(Diagnostic.Kind.ERROR);
        assertThat(said)
                .filteredOn(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .allSatisfy(one -> {
                    assertThat(one.getCode()).isEqualTo(error);
                    assertThat(one.getLineNumber()).isEqualTo(LINE);
                });
    }

    static Stream<Arguments> wrongUseIsRefusedInItsOwnLine() {
        return Stream.of(
                arguments("IN_FLOW(run -> run.submit(LENGTH, 1));", NONE_APPLIES),
                arguments("IN_FLOW(run -> run.submit(LENGTH, run.submit(\"one\", () -> 1)));", NONE_APPLIES),
                arguments("IN_FLOW(run -> run.submit(LENGTH));", NONE_APPLIES),
                arguments("IN_FLOW(run -> run.submit(LENGTH, null));", "compiler.err.ref.ambiguous"),
                arguments("IN_FLOW(run -> run.submitAction(\"one\", () -> 1));", WRONG_TYPE),
                arguments("inSession(session -> session.submitAction(() -> 1));", WRONG_TYPE),
                arguments("IN_FLOW(run -> run.submit(GREET, \"an argument\"));", NONE_APPLIES),
                arguments("IN_FLOW(run -> run.submit(SUM, List.of(run.submit(LENGTH, \"a\"))));", NONE_APPLIES),
                arguments("IN_FLOW(run -> { TaskFuture<String> future = run.submit(LENGTH, \"a\"); });", WRONG_TYPE),
                arguments("IN_FLOW(run -> run.submit(\"ping\", () -> { }));", NONE_APPLIES),
                arguments("Task<Void, Integer> task = Task.named(\"none\").body(() -> { });", NONE_APPLIES),
                arguments("Task<String, Integer> task = Task.named(\"none\").body(text -> { });", NONE_APPLIES),
                arguments("Task<String, Void> task = Task.named(\"one\").action(text -> { return 1; });", NONE_APPLIES),
                arguments(
                        "Task<String, String> task = Task.named(\"length\").body(text -> text.length());", WRONG_TYPE),
                arguments(
                        "Task.named(\"length\").body((String text) -> 1).timeout(Duration.ofSeconds(1));",
                        NO_SUCH_METHOD),
                arguments("Flow<String, Integer> flow = Flow.named(\"none\").body((run, text) -> { });", NONE_APPLIES),
                arguments(
                        "Flow<String, Void> flow = Flow.named(\"one\").action((run, text) -> { return 1; });",
                        NONE_APPLIES),
                arguments("COUNT_TO.run(\"ten\");", WRONG_TYPE),
                arguments("COUNT_TO.run();", DOES_NOT_APPLY),
                arguments("NIGHTLY.run(10);", DOES_NOT_APPLY),
                arguments("String sum = LENGTHS.run(List.of(\"a\"));", WRONG_TYPE));
    }

    private List<Diagnostic<? extends JavaFileObject>> compiled(String line) throws IOException {
        return new UserCode(text(line)).compile(output);
    }

    private static String text(String line) {
        return DEFINITIONS
                + "    static void use() {\n"
                + line.replace("IN_FLOW", "FlowWithoutArgument<Void> flow = Flow.named(\"nightly\").action")
                + "\n    }\n}\n";
    }
}
