package io.github.ignitetasks.contract;

import static io.github.ignitetasks.contract.Contract.end;
import static io.github.ignitetasks.contract.Contract.nothing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.support.Gate;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of values that many tasks share. */
interface ShareContract extends Contract {
    int LARGE = 4 << 20;

    @Test
    default void nodeReadsASharedValueOnceHoweverManyTasksUseIt() {
        TaskFuture<Model> model = session().share(key("model"), new Model(key("id"), LARGE));

        List<TaskFuture<Seen>> uses = IntStream.range(0, 200)
                .mapToObj(number -> session().submit(key("use"), () -> Seen.of(model.result())))
                .toList();
        List<Seen> seen = end(TaskFuture.all(uses)).result();

        Map<String, Set<Integer>> objects =
                seen.stream().collect(groupingBy(Seen::node, mapping(Seen::identity, toSet())));
        Map<Long, Set<Integer>> reads = seen.stream().collect(groupingBy(Seen::jvm, mapping(Seen::reads, toSet())));
        assertThat(objects.values()).allMatch(ofNode -> ofNode.size() == 1);
        assertThat(reads.values().stream()
                        .mapToInt(ofJvm ->
                                ofJvm.stream().mapToInt(Integer::intValue).max().orElseThrow())
                        .sum())
                .isEqualTo(type() == ConcurrencyType.PARALLEL ? objects.size() : 0);
        assertThat(model.result().size()).isEqualTo(LARGE);
    }

    @Test
    default void smallValuesOfAllKindsAreShared() {
        TaskFuture<Model> small = session().share(key("small"), new Model(key("id"), 3));
        TaskFuture<Integer> number = session().share(key("number"), 4);
        TaskFuture<String> none = session().share(key("none"), nothing());

        TaskFuture<Integer> sum = session()
                .submit(key("sum"), () -> small.result().size() + number.result() + (none.result() == null ? 5 : 0));

        assertThat(end(sum).result()).isEqualTo(12);
    }

    @Test
    default void endOfASharedValueHasTheValue() {
        TaskFuture<State<Model>> model =
                session().share(key("model"), new Model(key("id"), 3)).settled();

        assertThat(end(session()
                                .submit(
                                        key("use"),
                                        () -> model.result().result().size()))
                        .result())
                .isEqualTo(3);
    }

    @Test
    default void callThatNeedsAReleasedSharedValueIsNotReady() {
        TaskFuture<Model> model = session().share(key("model"), new Model(key("id"), LARGE));
        assertThat(end(session().submit(key("use"), () -> model.result().size()))
                        .result())
                .isEqualTo(LARGE);

        assertThat(model.release()).isTrue();

        State<Integer> late =
                end(session().submit(key("late"), () -> model.result().size()));
        assertThat(late.type()).isEqualTo(StateType.NOT_READY);
        assertThat(late.describe()).contains("released");
    }

    @Test
    default void callThatWaitsWhileItsSharedValueIsReleasedIsNotReady() {
        Gate gate = gateOpenIfSequential();
        TaskFuture<Model> model = session().share(key("model"), new Model(key("id"), LARGE));
        TaskFuture<Integer> before = session().submit(key("before"), () -> {
            gate.pass();
            return 1;
        });
        TaskFuture<Integer> waiting =
                session().submit(key("waiting"), () -> model.result().size() + before.result());
        assertThat(end(model).isCompleted()).isTrue();

        assertThat(model.release()).isTrue();
        gate.open();

        assertThat(end(waiting).type()).isEqualTo(isSequential() ? StateType.COMPLETED : StateType.NOT_READY);
    }

    @Test
    default void keyThatIsSharedAgainGivesTheNewValue() {
        String key = key("model");
        for (int size = 1; size < 20; size++) {
            TaskFuture<Model> model = session().share(key, new Model(key("id"), size));

            assertThat(end(session().submit(key("use"), () -> model.result().size()))
                            .result())
                    .isEqualTo(size);
            assertThat(model.release()).isTrue();
        }
    }

    @Test
    default void knownKeyKeepsItsStateWhichIsShared() {
        String id = key("id");
        TaskFuture<Model> known = session().submit(key("model"), () -> new Model(id, 1));

        TaskFuture<Model> shared = session().share(known.key(), new Model(key("id"), 2));

        assertThat(end(session().submit(key("use"), () -> shared.result().size()))
                        .result())
                .isEqualTo(1);
    }

    @Test
    default void taskPassesASharedValueOnToTasksOfItsOwn() {
        TaskFuture<Model> model = session().share(key("model"), new Model(key("id"), LARGE));
        String inner = key("inner");

        TaskFuture<Integer> outer = session().submit(key("outer"), () -> {
            TaskCall<Integer> call = () -> model.result().size();
            return TaskContext.current()
                    .orElseThrow()
                    .session()
                    .submit(inner, call)
                    .result();
        });

        assertThat(end(outer).result()).isEqualTo(LARGE);
    }

    @Test
    default void valueThatCannotBeCopiedIsRefusedWhereItIsCopied() {
        Spoilt.Unserializable value = new Spoilt.Unserializable();
        String key = key("spoilt");
        if (type() != ConcurrencyType.PARALLEL) {
            assertThat(session().share(key, value).result()).isSameAs(value);
            return;
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().share(key, value))
                .withMessageContainingAll(key, Spoilt.Unserializable.class.getName());
    }

    @Test
    default void valueThatHoldsAFutureIsNotShared() {
        TaskFuture<Integer> one = session().submit(key("one"), () -> 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session().share(key("holder"), List.of(one)))
                .withMessageContaining("it holds the future of task '" + one.key() + "'");
    }

    /**
     * What a task sees of a model.
     *
     * @param node the node of the task
     * @param jvm the process of the node
     * @param identity the identity of the object
     * @param reads how often that process has read the model
     */
    record Seen(String node, long jvm, int identity, int reads) implements Serializable {
        static Seen of(Model model) {
            String node = TaskContext.current().orElseThrow().node();
            int reads = Model.READS.getOrDefault(model.id, 0);
            return new Seen(node, ProcessHandle.current().pid(), System.identityHashCode(model), reads);
        }
    }

    /** A value that counts how often a process reads it. */
    final class Model implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final ConcurrentMap<String, Integer> READS = new ConcurrentHashMap<>();

        private final String id;
        private final byte[] weights;

        Model(String id, int size) {
            this.id = id;
            this.weights = new byte[size];
        }

        int size() {
            return weights.length;
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            int unused = READS.merge(id, 1, Integer::sum);
        }
    }
}
