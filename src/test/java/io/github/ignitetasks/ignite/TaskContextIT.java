package io.github.ignitetasks.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskAction;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.Task;
import io.github.ignitetasks.support.AppLoader;
import io.github.ignitetasks.support.Apps;
import io.github.ignitetasks.support.Gate;
import java.io.Closeable;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteAtomicLong;
import org.apache.ignite.IgniteAtomicReference;
import org.apache.ignite.IgniteAtomicSequence;
import org.apache.ignite.IgniteAtomicStamped;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteCountDownLatch;
import org.apache.ignite.IgniteLock;
import org.apache.ignite.IgniteLogger;
import org.apache.ignite.IgniteQueue;
import org.apache.ignite.IgniteSemaphore;
import org.apache.ignite.IgniteSet;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.CollectionConfiguration;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.apache.ignite.resources.LoggerResource;
import org.apache.ignite.resources.ServiceResource;
import org.apache.ignite.resources.SpringApplicationContextResource;
import org.apache.ignite.resources.SpringResource;
import org.apache.ignite.services.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the context of tasks on two nodes of this JVM. The session uses one of the nodes. */
final class TaskContextIT {
    private static final AtomicInteger KEYS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static TestGrid grid;
    private static TaskSession session;

    @BeforeAll
    static void start() {
        grid = TestGrid.start(folder, 2);
        session =
                IgniteTaskRunner.builder().ignite(grid.node(0)).slots(4).build().start();
    }

    @AfterAll
    static void stop() {
        session.close(Deadlines.PATIENCE);
        grid.close();
    }

    /** Runs a call under enough keys that both nodes run some, and returns the states. */
    private static <R> List<State<R>> onBothNodes(TaskCall<R> call) {
        List<TaskFuture<R>> futures = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            futures.add(session.submit("on-both-" + KEYS.incrementAndGet(), call));
        }
        List<State<R>> ends = futures.stream()
                .map(future -> future.await(Deadlines.PATIENCE).orElseThrow())
                .toList();
        assertThat(ends.stream().map(State::node).distinct()).as("nodes").hasSize(2);
        return ends;
    }

    private static <R> void assertResults(TaskCall<R> call, R result) {
        assertThat(onBothNodes(call))
                .allSatisfy(
                        state -> assertThat(state.type()).as(state.describe()).isEqualTo(StateType.COMPLETED))
                .extracting(State::result)
                .extracting(Object::toString)
                .containsOnly(result.toString());
    }

    @Test
    void taskHasTheIgniteOfTheNodeThatRunsIt() {
        TaskFuture<String> node = session.submit(() -> {
            TaskContext context = TaskContext.current().orElseThrow();
            return context.ignite().cluster().localNode().consistentId() + " " + context.node();
        });

        State<String> state = node.await();
        assertThat(state.result()).isEqualTo(state.node() + " " + state.node());
    }

    @Test
    void taskThatSubmitsItsOwnKeyByTheSessionOfItsContextIsTold() {
        String key = "own-" + KEYS.incrementAndGet();

        State<Integer> state = session.submit(
                        key,
                        () -> TaskContext.current()
                                .orElseThrow()
                                .session()
                                .submit(key, () -> 1)
                                .result())
                .await();

        assertThat(state.type()).isEqualTo(StateType.FAILED);
        assertThat(state.describe()).contains("cannot submit its own key", "use another key");
    }

    @Test
    void cancelOfATaskCancelsTheTasksOfItsSession() {
        String child = "child-" + KEYS.incrementAndGet();
        Gate never = new Gate(folder.resolve("never").toFile());
        TaskFuture<Integer> outer = session.submit(() -> {
            TaskFuture<Integer> future = TaskContext.current()
                    .orElseThrow()
                    .session()
                    .submit(child, () -> {
                        never.pass();
                        return 1;
                    });
            try {
                return future.result();
            } catch (RuntimeException e) {
                return 0; // the code ignores the cancellation
            }
        });
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> session.status(child), KeyStatus.RUNNING::equals);

        assertThat(outer.cancel()).isTrue();

        assertThat(outer.await().type()).isEqualTo(StateType.CANCELLED);
        Awaitility.await()
                .atMost(Deadlines.PATIENCE)
                .until(() -> session.status(child), KeyStatus.NOT_COMPLETED::equals);
    }

    @Test
    void sessionOfATaskWaitsForItsTasksWhenTheCodeEnds() {
        String child = "child-" + KEYS.incrementAndGet();
        Gate gate = new Gate(folder.resolve("nested-gate").toFile());

        TaskFuture<Boolean> outer = session.submit(() -> {
            TaskSession nested = TaskContext.current().orElseThrow().session();
            TaskFuture<Integer> unused = nested.submit(child, () -> {
                gate.pass();
                return 1;
            });
            return nested == TaskContext.current().orElseThrow().session();
        });
        Awaitility.await().atMost(Deadlines.PATIENCE).until(() -> session.status(child), KeyStatus.RUNNING::equals);

        assertThat(outer.isDone()).isFalse();
        gate.open();
        assertThat(outer.result(Deadlines.PATIENCE)).isTrue();
        assertThat(session.status(child)).isEqualTo(KeyStatus.COMPLETED);
    }

    @Test
    @SuppressWarnings("unchecked") // the classes have these types
    void callsOfTwoApplicationsHaveEachItsOwnLoaderOnBothNodes() {
        for (AppLoader app : List.of(
                AppLoader.below("shop", Apps.Work.class, Apps.Read.class),
                AppLoader.beside("billing", Apps.Work.class, Apps.Read.class))) {
            String name = app.getName();
            assertResults((TaskCall<String>) app.make(Apps.Work.class, TaskCall.class), name + " for " + name);
            assertResults((TaskCall<String>) app.make(Apps.Read.class, TaskCall.class), name);
        }
    }

    @Test
    void callThatReachesTwoApplicationsWorksOnBothNodesAndSoDoItsResultAndItsDependents() {
        Serializable order = AppLoader.below("shop", Apps.Order.class).make(Apps.Order.class, Serializable.class);
        Serializable bill = AppLoader.beside("billing", Apps.Bill.class).make(Apps.Bill.class, Serializable.class);
        Apps.Pair both = new Apps.Pair(order, bill);

        assertResults(both, both);
        TaskFuture<Serializable> first = session.submit("pair", both);
        assertResults(() -> first.result().toString(), both.toString());
    }

    @Test
    void resultOfAnotherApplicationIsReadByItsDependents() {
        Serializable order = AppLoader.below("shop", Apps.Order.class).make(Apps.Order.class, Serializable.class);
        Serializable bill = AppLoader.below("billing", Apps.Bill.class).make(Apps.Bill.class, Serializable.class);
        TaskFuture<Serializable> ofShop = session.submit("order", () -> order);
        TaskFuture<Serializable> ofBilling = session.submit("bill", () -> bill);

        assertResults(() -> ofShop.result() + " and " + ofBilling.result(), "order of shop and bill of billing");
    }

    @Test
    void valueOfAStageOfAnotherApplicationIsReadByTasksThatWaitedForIt() {
        Serializable order = AppLoader.below("shop", Apps.Order.class).make(Apps.Order.class, Serializable.class);
        CompletableFuture<Serializable> stage = new CompletableFuture<>();
        TaskFuture<Serializable> adopted = session.adopt("stage-of-shop", stage);
        List<TaskFuture<String>> uses = Stream.generate(() -> session.submit(
                        "use-of-stage-" + KEYS.incrementAndGet(),
                        () -> adopted.result().toString()))
                .limit(20)
                .toList();

        stage.complete(order);

        assertThat(adopted.result(Deadlines.PATIENCE)).hasToString("order of shop");
        assertThat(TaskFuture.all(uses).result(Deadlines.PATIENCE)).containsOnly("order of shop");
    }

    @Test
    void callThatReachesTwoClassesOfOneNameIsRefusedNamingBothLoaders() {
        Serializable one = AppLoader.below("shop", Apps.Order.class).make(Apps.Order.class, Serializable.class);
        Serializable other = AppLoader.below("billing", Apps.Order.class).make(Apps.Order.class, Serializable.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.submit("mixed", new Apps.Pair(one, other)))
                .withMessageContaining(Apps.Order.class.getName())
                .withMessageContaining("'shop'")
                .withMessageContaining("'billing'");
    }

    @Test
    void ignitesObjectsThatACallCapturedAreThoseOfTheNode() throws Exception {
        Ignite ignite = grid.node(0);
        IgniteCache<Integer, String> words = ignite.getOrCreateCache("words");
        words.put(1, "hello");
        IgniteAtomicLong number = ignite.atomicLong("number", 7, true);
        IgniteAtomicReference<String> reference = ignite.atomicReference("reference", "held", true);
        IgniteAtomicSequence sequence = ignite.atomicSequence("sequence", 5, true);
        IgniteAtomicStamped<String, Integer> stamped = ignite.atomicStamped("stamped", "marked", 3, true);
        IgniteCountDownLatch latch = ignite.countDownLatch("latch", 2, false, true);
        IgniteSemaphore semaphore = ignite.semaphore("semaphore", 4, false, true);
        IgniteLock lock = ignite.reentrantLock("lock", false, false, true);
        CollectionConfiguration collection = new CollectionConfiguration().setBackups(1); // atomics also have 1 backup
        IgniteQueue<Integer> queue = ignite.queue("queue", 0, collection);
        queue.add(9);
        IgniteSet<Integer> set = ignite.set("set", collection);
        set.add(8);

        assertResults(() -> ignite.name().equals(Ignition.localIgnite().name()), true);
        assertResults(() -> words.get(1), "hello");
        assertResults(() -> ignite.cache("words").size(), 1);
        assertResults(number::get, 7L);
        assertResults(reference::get, "held");
        assertResults(() -> sequence.incrementAndGet() > 5, true);
        assertResults(() -> stamped.value() + stamped.stamp(), "marked3");
        assertResults(latch::count, 2);
        assertResults(semaphore::availablePermits, 4);
        assertResults(
                () -> {
                    lock.lock();
                    try {
                        return "locked";
                    } finally {
                        lock.unlock();
                    }
                },
                "locked");
        assertResults(queue::size, 1);
        assertResults(() -> set.contains(8), true);
        latch.countDownAll();
        for (Closeable each : List.of(number, reference, sequence, stamped, latch, semaphore, lock, queue, set)) {
            each.close(); // a stopping node would process open objects while it frees its memory
        }
    }

    @Test
    void localIgniteIsThatOfTheNodeWhileACallIsReadAndRunsAndInItsNestedWork() {
        assertThat(onBothNodes(new Local()))
                .allSatisfy(state -> assertThat(state.result()).isEqualTo(state.node() + " " + state.node()));
        assertResults(
                () -> Ignition.localIgnite()
                        .compute()
                        .call(() -> Ignition.localIgnite().cluster().nodes().size()),
                2);
    }

    @Test
    void resultThatHoldsIgnitesObjectsIsReadWithTheIgniteOfWhoeverReadsIt() {
        IgniteCache<Integer, String> pages = grid.node(0).getOrCreateCache("pages");
        pages.put(1, "read");
        for (int i = 0; i < 8; i++) {
            TaskFuture<IgniteCache<Integer, String>> cache = session.submit("cache-" + i, () -> pages);
            TaskFuture<Ignite> own = session.submit("own-" + i, Ignition::localIgnite);

            assertThat(cache.result(Deadlines.PATIENCE).get(1)).isEqualTo("read");
            assertThat(own.result(Deadlines.PATIENCE)).isSameAs(grid.node(0));
            assertThat(session.submit(
                                    "dependent-" + i,
                                    () -> cache.result().get(1)
                                            + own.result()
                                                    .name()
                                                    .equals(Ignition.localIgnite()
                                                            .name()))
                            .result(Deadlines.PATIENCE))
                    .isEqualTo("readtrue");
        }
    }

    @Test
    void resourcesAreInjectedIntoFieldsAndSettersOfACall() {
        assertThat(onBothNodes(new Asking()))
                .allSatisfy(state -> assertThat(state.result()).isEqualTo(state.node() + " by field and setter, logs"));
    }

    @Test
    void resourcesAreInjectedIntoCallsInsideACallAndTheBodiesOfTasks() {
        TaskCall<String> inside = new Asking();
        assertThat(session.submit("inside", () -> inside.call()).result(Deadlines.PATIENCE))
                .contains("by field");

        Task<Integer, String> ofArgument = Task.named("argument").body(new AskingBody());
        Task<Void, String> ofNothing = Task.named("nothing").body(new Asking());
        Task<Void, Void> action = Task.named("action").action(new AskingAction());
        String found = Flow.named("asks")
                .<Integer, String>body((run, argument) -> {
                    TaskFuture<String> one = run.submit(ofArgument, argument);
                    run.submit(action).result();
                    return one.result() + run.submit(ofNothing).result();
                })
                .withTaskRunner(IgniteTaskRunner.builder().ignite(grid.node(0)).build())
                .run(1);
        assertThat(found).startsWith("1 here").contains("by field");
        assertThat(session.submitAction("submitted", new AskingAction())
                        .await(Deadlines.PATIENCE)
                        .orElseThrow()
                        .isCompleted())
                .isTrue();
    }

    @Test
    void serviceIsInjected() {
        grid.node(0).services().deployNodeSingleton("greeter", new Greeter());

        assertResults(new AskingForService(), "good day");
    }

    @Test
    void resourcesOfSpringOnANodeWithoutItCrashTheTaskSayingWhich() {
        for (TaskCall<String> call : List.of(new AskingForBean(), new AskingForContext())) {
            State<String> state = session.submit("spring-" + KEYS.incrementAndGet(), call)
                    .await(Deadlines.PATIENCE)
                    .orElseThrow();

            assertThat(state.type()).isEqualTo(StateType.CRASHED);
            assertThat(state.describe())
                    .contains("no Spring context", call.getClass().getName(), "wanted", "node " + state.node());
        }
        assertResults(new AskingForBeanIfThereIsOne(), "none");
    }

    private static final class Local implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("NullAway.Init") // readResolve sets it
        private transient String whileRead;

        @Serial
        private Object readResolve() {
            whileRead = nodeName();
            return this;
        }

        @Override
        public String call() {
            return whileRead + " " + nodeName();
        }
    }

    private static String nodeName() {
        return Ignition.localIgnite().cluster().localNode().consistentId().toString();
    }

    private static class AskingForIgnite implements Serializable {
        private static final long serialVersionUID = 1L;

        @IgniteInstanceResource
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        transient Ignite ofField;
    }

    private static final class Asking extends AskingForIgnite implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient Ignite ofSetter;

        @LoggerResource
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient IgniteLogger log;

        @IgniteInstanceResource
        @SuppressWarnings("UnusedMethod") // Ignite calls it
        private void setIgnite(Ignite ignite) {
            ofSetter = ignite;
        }

        @Override
        public String call() {
            return ofField.cluster().localNode().consistentId() + " by field"
                    + (ofSetter == ofField ? " and setter" : "") + (log == null ? "" : ", logs");
        }
    }

    private static final class AskingBody implements Task.Body<Integer, String> {
        private static final long serialVersionUID = 1L;

        @IgniteInstanceResource
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient Ignite ignite;

        @Override
        public String run(Integer argument) {
            return argument + (ignite == null ? " nowhere " : " here ");
        }
    }

    private static final class AskingAction implements TaskAction {
        private static final long serialVersionUID = 1L;

        @IgniteInstanceResource
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient Ignite ignite;

        @Override
        public void run() {
            Objects.requireNonNull(ignite);
        }
    }

    /** A service that greets. */
    public interface Greeting extends Service {
        /** Returns a greeting. */
        String greet();
    }

    private static final class Greeter implements Greeting {
        private static final long serialVersionUID = 1L;

        @Override
        public String greet() {
            return "good day";
        }
    }

    private static final class AskingForService implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @ServiceResource(serviceName = "greeter", proxyInterface = Greeting.class)
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient Greeting greeting;

        @Override
        public String call() {
            return greeting.greet();
        }
    }

    private static final class AskingForBean implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @SpringResource(resourceName = "some")
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient Object wanted;

        @Override
        public String call() {
            return String.valueOf(wanted);
        }
    }

    private static final class AskingForContext implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @SpringApplicationContextResource
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient Object wanted;

        @Override
        public String call() {
            return String.valueOf(wanted);
        }
    }

    private static final class AskingForBeanIfThereIsOne implements TaskCall<String> {
        private static final long serialVersionUID = 1L;

        @SpringResource(resourceName = "some", required = false)
        @SuppressWarnings("NullAway.Init") // Ignite injects it
        private transient Object wanted;

        @Override
        public String call() {
            return Stream.ofNullable(wanted).map(Object::toString).findAny().orElse("none");
        }
    }
}
