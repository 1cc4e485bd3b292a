package io.github.ignitetasks.contract;

import static io.github.ignitetasks.ConcurrencyType.PARALLEL;
import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.NotCompletedException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import java.io.IOException;
import java.rmi.MarshalledObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What cannot be carried makes a task Crashed, and throws at nobody who waits for it. Runners that share their calls
 * carry nothing, so nothing is wrong there.
 */
interface CrashContract extends Contract {

    @Test
    default void resultThatThrowsAnErrorWhileItIsWrittenIsCrashed() {
        assertCrashedIfCopied(Spoilt.Unwritable::new);
    }

    @Test
    default void resultThatThrowsAnErrorWhileItIsReplacedIsCrashed() {
        assertCrashedIfCopied(Spoilt.Irreplaceable::new);
    }

    @Test
    default void resultThatThrowsWhileItIsReadIsCrashed() {
        assertCrashedIfCopied(Spoilt.Unreadable::new);
    }

    @Test
    default void resultThatThrowsWhileItIsResolvedIsCrashed() {
        assertCrashedIfCopied(Spoilt.Unresolvable::new);
    }

    @Test
    default void callThatThrowsWhileItIsReadIsCrashed() {
        assertCrashedIfCopied(new Spoilt.UnreadableCall());
    }

    @Test
    default void callOfADeniedClassIsRefusedNamingIt() throws IOException {
        MarshalledObject<String> denied = new MarshalledObject<>("ran");
        TaskCall<String> call = denied::get;
        String key = key("denied");

        if (type() == PARALLEL) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().submit(key, call))
                    .withMessageStartingWith(
                            "the call of task '" + key + "' cannot be serialized: refused to write class"
                                    + " java.rmi.MarshalledObject, which is denied");
        } else {
            assertThat(end(session().submit(key, call)).result()).isEqualTo("ran");
        }
    }

    @Test
    default void resultOfADeniedClassIsCrashedForEverybody() {
        TaskFuture<MarshalledObject<String>> denied =
                session().submit(key("denied-result"), () -> new MarshalledObject<>("made"));
        TaskFuture<String> next =
                session().submit(key("dependent"), () -> denied.result().get());

        if (type() == PARALLEL) {
            assertThat(end(denied).describe())
                    .contains("its result cannot be carried: refused to write class java.rmi.MarshalledObject, which is"
                            + " denied");
            assertThat(session().status(denied.key())).isEqualTo(KeyStatus.NOT_COMPLETED);
            assertThat(end(next).type()).isEqualTo(StateType.NOT_READY);
        } else {
            assertThat(end(next).result()).isEqualTo("made");
        }
    }

    @Test
    default void setsThatTakeForEverToHashAreRefused() {
        IdentityHashMap<Set<Object>, Object> bomb = new IdentityHashMap<>(); // which does not hash them here
        bomb.put(bomb(40), "");
        TaskCall<Integer> call = bomb::size;

        if (type() == PARALLEL) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().submit(key("bomb"), call))
                    .withMessageContaining("refused to write collections that hold each other so often");
            assertThat(end(session().submit(key("bomb-result"), () -> bomb(40))).type())
                    .isEqualTo(StateType.CRASHED);
        } else {
            assertThat(end(session().submit(key("bomb"), call)).result()).isEqualTo(1);
        }
    }

    /** Returns sets whose hash takes twice as long with each level; they are filled from the outside in. */
    private static Set<Object> bomb(int levels) {
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
    default void documentOfManyLevelsPassesAsArgumentAndResult() {
        Map<String, Object> document = document(500);

        assertThat(end(session().submit(key("argument"), () -> levels(document)))
                        .result())
                .isEqualTo(500);
        assertThat(levels(end(session().submit(key("result"), () -> document(500)))
                        .result()))
                .isEqualTo(500);
    }

    private static Map<String, Object> document(int levels) {
        Map<String, Object> node = new HashMap<>();
        for (int i = 1; i < levels; i++) {
            node = new HashMap<>(Map.of("child", node, "copies", Collections.nCopies(1_200, "open")));
        }
        return node;
    }

    private static int levels(Map<?, ?> document) {
        int levels = 0;
        for (Object node = document; node instanceof Map<?, ?> map; node = map.get("child")) {
            levels++;
        }
        return levels;
    }

    @Test
    default void unserializableResultIsCrashedNamingItsClass() {
        State<Spoilt.Unserializable> state = end(session().submit(key("spoilt"), Spoilt.Unserializable::new));

        if (type() == PARALLEL) {
            assertThat(state.type()).isEqualTo(StateType.CRASHED);
            assertThat(state.describe()).contains(Spoilt.Unserializable.class.getName());
        } else {
            assertThat(state.type()).isEqualTo(StateType.COMPLETED);
        }
    }

    @Test
    default void unserializableExceptionIsCrashedWithItsTextAndSharedAsItIs() {
        State<String> state = end(session().submit(key("spoilt"), () -> {
            throw new Spoilt.UnserializableException();
        }));

        assertThat(state.type()).isEqualTo(type() == PARALLEL ? StateType.CRASHED : StateType.FAILED);
        assertThat(state.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.type()).isEqualTo(Spoilt.UnserializableException.class.getName());
            assertThat(failure.message()).contains(Spoilt.REASON);
            assertThat(failure.stackTrace()).contains(CrashContract.class.getSimpleName());
        });
        assertThat(state.failure().flatMap(Failure::throwable).isPresent()).isEqualTo(type() != PARALLEL);
    }

    @Test
    default void resultOfACrashedTaskThrowsThatItDidNotComplete() {
        TaskFuture<String> future = session().submit(key("spoilt"), new Spoilt.UnreadableCall());

        if (type() == PARALLEL) {
            assertThatExceptionOfType(NotCompletedException.class)
                    .isThrownBy(future::result)
                    .withMessageContaining(future.key())
                    .withMessageContaining("Crashed")
                    .withMessageContaining(Spoilt.REASON);
        } else {
            assertThat(future.result()).isEqualTo("ran");
        }
    }

    @Test
    default void dependentOfACrashedTaskIsNotReady() {
        TaskFuture<String> upstream = session().submit(key("spoilt"), new Spoilt.UnreadableCall());

        State<String> state = end(session().submit(key("dependent"), () -> "after " + upstream.result()));

        if (type() == PARALLEL) {
            assertThat(state.type()).isEqualTo(StateType.NOT_READY);
            assertThat(state.describe()).contains(upstream.key(), "Crashed", Spoilt.REASON);
        } else {
            assertThat(state.result()).isEqualTo("after ran");
        }
    }

    @Test
    default void crashLeavesTheNextCallAlone() {
        end(session().submit(key("spoilt"), Spoilt.Unwritable::new));

        assertThat(end(session().submit(key("next"), () -> 1)).result()).isEqualTo(1);
    }

    @Test
    default void callWithAnUnserializableFieldIsRefusedNamingIt() {
        TaskCall<String> call = new Spoilt.UnserializableCall();

        if (type() == PARALLEL) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().submit(key("spoilt"), call))
                    .withMessageContaining(Spoilt.Unserializable.class.getName())
                    .withMessageContaining("field 'connection' of " + Spoilt.UnserializableCall.class.getName());
        } else {
            assertThat(end(session().submit(key("spoilt"), call)).result()).isEqualTo("ran");
        }
    }

    @Test
    default void lambdaWithAnUnserializableCaptureIsRefusedNamingTheArgument() {
        String fine = "fine";
        List<Object> spoilt = List.of(new Spoilt.Unserializable());
        TaskCall<String> call = () -> fine + spoilt.size();

        if (type() == PARALLEL) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session().submit(key("spoilt"), call))
                    .withMessageContaining(Spoilt.Unserializable.class.getName())
                    .withMessageContaining(
                            "captured argument 2 (" + spoilt.getClass().getName() + ")")
                    .withMessageContaining(CrashContract.class.getName()
                            + ".lambdaWithAnUnserializableCaptureIsRefusedNamingTheArgument");
        } else {
            assertThat(end(session().submit(key("spoilt"), call)).result()).isEqualTo("fine1");
        }
    }

    @Test
    default void keyOfARefusedCallIsFree() {
        String key = key("spoilt");
        try {
            session().submit(key, new Spoilt.UnserializableCall()).result();
        } catch (IllegalArgumentException e) {
            assertThat(type()).isEqualTo(PARALLEL);
        }

        String expected = type() == PARALLEL ? "ran later" : "ran";
        assertThat(session().submit(key, () -> "ran later").result()).isEqualTo(expected);
    }

    private <R extends @Nullable Object> void assertCrashedIfCopied(TaskCall<R> call) {
        State<R> state = end(session().submit(key("spoilt"), call));

        if (type() == PARALLEL) {
            assertThat(state.type()).isEqualTo(StateType.CRASHED);
            assertThat(state.describe()).contains(Spoilt.REASON);
        } else {
            assertThat(state.type()).isEqualTo(StateType.COMPLETED);
        }
    }
}
