package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.NearData;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import java.io.IOException;
import java.rmi.MarshalledObject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The promises of a runner that shares calls and results with the caller. It copies nothing, and refuses nothing. */
interface SharedCallsContract extends Contract {

    @Test
    default void resultThatCouldNotBeWrittenIsPassedOn() {
        assertCompleted(Spoilt.Unwritable::new);
    }

    @Test
    default void callThatMustRunNearDataIsRefusedWithTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session()
                        .submit(key("near"), () -> 1, CallOptions.none().near(NearData.key("trades", 1))))
                .withMessageContaining("near key 1 of cache 'trades'")
                .withMessageContaining("use an IgniteTaskRunner");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().partitionsOf("trades"))
                .withMessageContaining("there is no cache 'trades'");
    }

    @Test
    default void resultThatCouldNotBeReplacedIsPassedOn() {
        assertCompleted(Spoilt.Irreplaceable::new);
    }

    @Test
    default void resultThatCouldNotBeReadIsPassedOn() {
        assertCompleted(Spoilt.Unreadable::new);
    }

    @Test
    default void resultThatCouldNotBeResolvedIsPassedOn() {
        assertCompleted(Spoilt.Unresolvable::new);
    }

    @Test
    default void callThatCouldNotBeReadRuns() {
        assertCompleted(new Spoilt.UnreadableCall());
    }

    @Test
    default void callOfADeniedClassRuns() throws IOException {
        MarshalledObject<String> denied = new MarshalledObject<>("ran");
        TaskCall<String> call = denied::get;
        String key = key("denied");

        assertThat(end(session().submit(key, call)).result()).isEqualTo("ran");
    }

    @Test
    default void resultOfADeniedClassIsPassedOn() {
        TaskFuture<MarshalledObject<String>> denied =
                session().submit(key("denied-result"), () -> new MarshalledObject<>("made"));
        TaskFuture<String> next =
                session().submit(key("dependent"), () -> denied.result().get());

        assertThat(end(next).result()).isEqualTo("made");
    }

    @Test
    default void setsThatTakeForEverToHashArePassedOn() {
        IdentityHashMap<Set<Object>, Object> bomb = new IdentityHashMap<>(); // it never hashes the sets by content
        bomb.put(CopiedCallsContract.bomb(40), "");
        TaskCall<Integer> call = bomb::size;

        assertThat(end(session().submit(key("bomb"), call)).result()).isEqualTo(1);
    }

    @Test
    default void unserializableResultIsPassedOn() {
        State<Spoilt.Unserializable> state = end(session().submit(key("spoilt"), Spoilt.Unserializable::new));

        assertThat(state.type()).isEqualTo(StateType.COMPLETED);
    }

    @Test
    default void unserializableExceptionIsSharedAsItIs() {
        State<String> state = end(session().submit(key("spoilt"), () -> {
            throw new Spoilt.UnserializableException();
        }));

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.type()).isEqualTo(Spoilt.UnserializableException.class.getName());
            assertThat(failure.message()).contains(Spoilt.REASON);
            assertThat(failure.stackTrace()).contains(SharedCallsContract.class.getSimpleName());
        });
        assertThat(state.failure().flatMap(Failure::throwable)).isPresent();
    }

    @Test
    default void callThatCouldNotBeReadHasAResult() {
        TaskFuture<String> future = session().submit(key("spoilt"), new Spoilt.UnreadableCall());

        assertThat(future.result()).isEqualTo("ran");
    }

    @Test
    default void dependentOfACallThatCouldNotBeReadRuns() {
        TaskFuture<String> upstream = session().submit(key("spoilt"), new Spoilt.UnreadableCall());

        State<String> state = end(session().submit(key("dependent"), () -> "after " + upstream.result()));

        assertThat(state.result()).isEqualTo("after ran");
    }

    @Test
    default void callWithAnUnserializableFieldRuns() {
        TaskCall<String> call = new Spoilt.UnserializableCall();

        assertThat(end(session().submit(key("spoilt"), call)).result()).isEqualTo("ran");
    }

    @Test
    default void lambdaWithAnUnserializableCaptureRuns() {
        String fine = "fine";
        List<Object> spoilt = List.of(new Spoilt.Unserializable());
        TaskCall<String> call = () -> fine + spoilt.size();

        assertThat(end(session().submit(key("spoilt"), call)).result()).isEqualTo("fine1");
    }

    private <R extends @Nullable Object> void assertCompleted(TaskCall<R> call) {
        State<R> state = end(session().submit(key("spoilt"), call));

        assertThat(state.type()).isEqualTo(StateType.COMPLETED);
    }

    @Test
    default void closeWaitsForWhatTasksSubmit() throws Exception {
        Gate gate = gate();
        TaskSession session = runner().start();
        BlockingQueue<TaskFuture<Integer>> submitted = new LinkedBlockingQueue<>();
        running(session, key("slow"), () -> {
            gate.pass();
            submitted.add(session.submit(key("inner"), () -> {
                submitted.add(session.submit(key("innermost"), () -> 2));
                return 1;
            }));
            return 0;
        });
        Background.Running<Boolean> closing = CloseContract.closing(session);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThatIllegalStateException().isThrownBy(() -> session.submit(key("late"), () -> 1)));

        gate.open();
        closing.result().get();

        assertThat(submitted.stream().map(future -> future.state().orElseThrow().result()))
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    default void changeOfACapturedListInsideTheCallIsSeen() {
        List<String> captured = new ArrayList<>(List.of("before"));

        session().submit(key("add"), () -> captured.add("inside")).result(PATIENCE);

        assertThat(captured).containsExactly("before", "inside");
    }

    @Test
    default void sessionThatItsOwnTaskClosesStaysOpen() {
        TaskSession session = runner().start();
        TaskCall<String> closes = () -> {
            try {
                session.close();
                return "closed";
            } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage());
            }
        };

        assertThat(end(session.submit(key("closes"), closes)).result())
                .contains("cannot close the session that runs it");
        assertThat(end(session.submit(key("after"), () -> 1)).result()).isEqualTo(1);
        session.close();
    }

    @Test
    default void taskHasTheSessionThatSubmittedIt() {
        TaskSession session = session();

        TaskFuture<Boolean> same = session.submit(
                key("same"), () -> TaskContext.current().orElseThrow().session() == session);

        assertThat(end(same).result()).isTrue();
    }

    @Test
    default void taskWithoutAnIgniteNodeIsToldWhatToUse() {
        TaskFuture<String> without = session()
                .submit(
                        key("without"),
                        () -> TaskContext.current().orElseThrow().ignite().name());

        assertThat(end(without).type()).isEqualTo(StateType.FAILED);
        assertThat(end(without).describe()).contains("has no Ignite node", "use an IgniteTaskRunner");
    }

    @Test
    default void taskThatCapturesItsSessionSubmitsToIt() {
        TaskSession session = session();
        String inner = key("inner");
        TaskCall<Integer> call = () -> session.submit(inner, () -> 41).result() + 1;

        assertThat(end(session.submit(key("outer"), call)).result()).isEqualTo(42);
    }

    @Test
    default void waitInsideATaskForAFutureThatWasNotFoundWaits() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Integer> unfinished = session().submit(key("unfinished"), () -> {
            gate.pass();
            return 1;
        });
        SmuggledFuture smuggled = new SmuggledFuture(unfinished);

        TaskFuture<Integer> waiting =
                session().submit(key("waiting"), () -> smuggled.future().result());
        gate.open();

        assertThat(end(waiting).result()).isEqualTo(1);
    }

    @Override
    default StateType typeOfACallThatCannotBeRead() {
        return StateType.COMPLETED; // the runner reads no calls
    }

    @Override
    default NestingContract.Submitter submitter(TaskRunner runner, TaskSession session) {
        return (key, call) -> session.submit(key, call).result();
    }
}
