package io.github.ignitetasks.contract;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.ResultUnavailableException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import java.io.IOException;
import java.rmi.MarshalledObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The promises of a runner that copies calls and results. It refuses a call that cannot be copied. A result that cannot
 * be written makes its task Crashed. A result that cannot be read is unavailable. Waits for the state throw nothing.
 */
interface CopiedCallsContract extends Contract {

    @Test
    default void executorRefusesATaskThatCannotBeCarriedAndSaysWhatToDo() {
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> session().asExecutorService().submit(() -> 7))
                .withMessageContaining("cast a lambda to (Callable<T> & Serializable)");
    }

    @Test
    default void resultThatThrowsAnErrorWhileItIsWrittenIsCrashed() {
        assertCrashed(Spoilt.Unwritable::new);
    }

    @Test
    default void resultThatThrowsAnErrorWhileItIsReplacedIsCrashed() {
        assertCrashed(Spoilt.Irreplaceable::new);
    }

    @Test
    default void resultThatThrowsWhileItIsReadIsUnavailableAndItsTaskCompleted() {
        assertUnavailable(Spoilt.Unreadable::new);
    }

    @Test
    default void resultThatThrowsWhileItIsResolvedIsUnavailableAndItsTaskCompleted() {
        assertUnavailable(Spoilt.Unresolvable::new);
    }

    @Test
    default void callThatThrowsWhileItIsReadIsCrashed() {
        assertCrashed(new Spoilt.UnreadableCall());
    }

    @Test
    default void callOfADeniedClassIsRefusedNamingIt() throws IOException {
        MarshalledObject<String> denied = new MarshalledObject<>("ran");
        TaskCall<String> call = denied::get;
        String key = key("denied");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().submit(key, call))
                .withMessageStartingWith("the call of task '" + key + "' cannot be serialized: refused to write class"
                        + " java.rmi.MarshalledObject, which is denied");
    }

    @Test
    default void resultOfADeniedClassIsCrashedForEverybody() {
        TaskFuture<MarshalledObject<String>> denied =
                session().submit(key("denied-result"), () -> new MarshalledObject<>("made"));
        TaskFuture<String> next =
                session().submit(key("dependent"), () -> denied.result().get());

        assertThat(end(denied).describe())
                .contains("its result cannot be carried: refused to write class java.rmi.MarshalledObject, which is"
                        + " denied");
        assertThat(session().status(denied.key())).isEqualTo(KeyStatus.NOT_COMPLETED);
        assertThat(end(next).type()).isEqualTo(StateType.NOT_READY);
    }

    @Test
    default void setsThatTakeForEverToHashAreRefused() {
        IdentityHashMap<Set<Object>, Object> bomb = new IdentityHashMap<>(); // it never hashes the sets by content
        bomb.put(bomb(40), "");
        TaskCall<Integer> call = bomb::size;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().submit(key("bomb"), call))
                .withMessageContaining("refused to write collections that hold each other so often");
        assertThat(end(session().submit(key("bomb-result"), () -> bomb(40))).type())
                .isEqualTo(StateType.CRASHED);
    }

    /**
     * Returns nested sets whose hash takes twice as long with each level. The loop fills the outer sets first, because
     * adding a full set would hash it.
     */
    static Set<Object> bomb(int levels) {
        Set<Object> root = new HashSet<>();
        Set<Object> one = root;
        Set<Object> other = new HashSet<>();
        for (int level = 0; level < levels; level++) {
            Set<Object> nextOne = new HashSet<>();
            Set<Object> nextOther = new HashSet<>();
            nextOne.add("unlike the other");
            one.add(nextOne);
            one.add(nextOther);
            other.add(nextOne);
            other.add(nextOther);
            one = nextOne;
            other = nextOther;
        }
        return root;
    }

    @Test
    default void unserializableResultIsCrashedNamingItsClass() {
        State<Spoilt.Unserializable> state = end(session().submit(key("spoilt"), Spoilt.Unserializable::new));

        assertThat(state.type()).isEqualTo(StateType.CRASHED);
        assertThat(state.describe()).contains(Spoilt.Unserializable.class.getName());
    }

    @Test
    default void unserializableExceptionIsCrashedWithItsText() {
        State<String> state = end(session().submit(key("spoilt"), () -> {
            throw new Spoilt.UnserializableException();
        }));

        assertThat(state.type()).isEqualTo(StateType.CRASHED);
        assertThat(state.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.type()).isEqualTo(Spoilt.UnserializableException.class.getName());
            assertThat(failure.message()).contains(Spoilt.REASON);
            assertThat(failure.stackTrace()).contains(CopiedCallsContract.class.getSimpleName());
        });
        assertThat(state.failure().flatMap(Failure::throwable)).isEmpty();
    }

    @Test
    default void resultOfACrashedTaskThrowsThatItDidNotComplete() {
        TaskFuture<String> future = session().submit(key("spoilt"), new Spoilt.UnreadableCall());

        assertThatExceptionOfType(NotCompletedException.class)
                .isThrownBy(future::result)
                .withMessageContaining(future.key())
                .withMessageContaining("Crashed")
                .withMessageContaining(Spoilt.REASON);
    }

    @Test
    default void dependentOfACrashedTaskIsNotReady() {
        TaskFuture<String> upstream = session().submit(key("spoilt"), new Spoilt.UnreadableCall());

        State<String> state = end(session().submit(key("dependent"), () -> "after " + upstream.result()));

        assertThat(state.type()).isEqualTo(StateType.NOT_READY);
        assertThat(state.describe()).contains(upstream.key(), "Crashed", Spoilt.REASON);
    }

    @Test
    default void callWithAnUnserializableFieldIsRefusedNamingIt() {
        TaskCall<String> call = new Spoilt.UnserializableCall();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().submit(key("spoilt"), call))
                .withMessageContaining(Spoilt.Unserializable.class.getName())
                .withMessageContaining("field 'connection' of " + Spoilt.UnserializableCall.class.getName());
    }

    @Test
    default void lambdaWithAnUnserializableCaptureIsRefusedNamingTheArgument() {
        String fine = "fine";
        List<Object> spoilt = List.of(new Spoilt.Unserializable());
        TaskCall<String> call = () -> fine + spoilt.size();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().submit(key("spoilt"), call))
                .withMessageContaining(Spoilt.Unserializable.class.getName())
                .withMessageContaining(
                        "captured argument 2 (" + spoilt.getClass().getName() + ")")
                .withMessageContaining(CopiedCallsContract.class.getName()
                        + ".lambdaWithAnUnserializableCaptureIsRefusedNamingTheArgument");
    }

    @Test
    default void keyOfARefusedCallIsFree() {
        String key = key("spoilt");
        assertThatIllegalArgumentException().isThrownBy(() -> session().submit(key, new Spoilt.UnserializableCall()));

        assertThat(session().submit(key, () -> "ran later").result()).isEqualTo("ran later");
    }

    private <R extends @Nullable Object> void assertCrashed(TaskCall<R> call) {
        State<R> state = end(session().submit(key("spoilt"), call));

        assertThat(state.type()).isEqualTo(StateType.CRASHED);
        assertThat(state.describe()).contains(Spoilt.REASON);
    }

    private <R extends @Nullable Object> void assertUnavailable(TaskCall<R> call) {
        TaskFuture<R> future = session().submit(key("spoilt"), call);

        assertThat(end(future).type()).isEqualTo(StateType.COMPLETED);
        assertThatExceptionOfType(ResultUnavailableException.class)
                .isThrownBy(() -> future.result(PATIENCE))
                .withMessageContaining(future.key())
                .withMessageContaining(Spoilt.REASON);
        assertThatExceptionOfType(ResultUnavailableException.class)
                .isThrownBy(() -> end(future).result());
    }

    @Test
    default void changeOfACapturedListInsideTheCallIsNotSeen() {
        List<String> captured = new ArrayList<>(List.of("before"));

        session().submit(key("add"), () -> captured.add("inside")).result(PATIENCE);

        assertThat(captured).containsExactly("before");
    }

    @Test
    default void callThatCapturesItsSessionIsRefused() {
        TaskSession session = session();

        assertThatIllegalArgumentException()
                .as("a session is not serializable")
                .isThrownBy(() -> session.submit(key("captures"), () -> {
                    session.close();
                    return "closed";
                }));
        assertThat(end(session.submit(key("after"), () -> 1)).result()).isEqualTo(1);
    }

    @Test
    default void taskThatCapturesItsSessionIsRefusedWithTheRemedy() {
        TaskSession session = session();
        String inner = key("inner");
        TaskCall<Integer> call = () -> session.submit(inner, () -> 41).result() + 1;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.submit(key("outer"), call))
                .withMessageContaining("is not serializable: it is captured argument 1")
                .withMessageEndingWith(
                        "; inside the task, submit by session() of its TaskContext, or let it capture the TaskRunner");
    }

    @Test
    default void waitInsideATaskForAFutureThatWasNotFoundFailsAtOnce() {
        Gate gate = gate();
        TaskFuture<Integer> unfinished = session().submit(key("unfinished"), () -> {
            gate.pass();
            return 1;
        });
        SmuggledFuture smuggled = new SmuggledFuture(unfinished);

        State<Integer> state =
                end(session().submit(key("waiting"), () -> smuggled.future().result()));

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.failure().map(Failure::type)).contains(IllegalStateException.class.getName());
        assertThat(state.describe()).contains(unfinished.key());
        gate.open();
    }

    @Override
    default StateType typeOfACallThatCannotBeRead() {
        return StateType.CRASHED;
    }

    /** Calls cannot hold a session, so each call starts its own. */
    @Override
    default NestingContract.Submitter submitter(TaskRunner runner, TaskSession session) {
        return (key, call) -> {
            try (TaskSession own = runner.start()) {
                return own.submit(key, call).result();
            }
        };
    }
}
