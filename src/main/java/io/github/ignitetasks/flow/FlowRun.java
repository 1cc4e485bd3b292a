package io.github.ignitetasks.flow;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.codec.NotCapturable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a flow, to which the body of the flow submits its tasks.
 *
 * <p>Each run of a task is named after the task and counted from 0: {@code shout-0}, {@code shout-1}. A retried or
 * resumed flow counts anew, and reuses the task runs that an earlier attempt left Completed or running.
 *
 * <p>A flow run holds the futures of its tasks until it ends, and with them the results that were requested. It does
 * not hold those of {@link #mapStream}.
 *
 * <p>Only the body of the flow uses a flow run. A task that captures one is refused on every runner. Let the task
 * capture the values or futures that it needs. It submits tasks of its own by {@link
 * io.github.ignitetasks.TaskContext#session()}.
 *
 * <p>Safe to share between threads. If several threads submit runs of one task, the order of their names is not
 * defined.
 */
@NotCapturable(remedy = Submitter.NOT_CAPTURABLE)
public final class FlowRun extends Submitter {
    private final UUID id;
    private final String flowName;
    private final RunCount runCount;
    private final TaskSession session;
    private final TaskRuns taskRuns;

    private FlowRun(UUID id, String flowName, RunCount runCount, TaskSession session, TaskRuns taskRuns) {
        this.id = id;
        this.flowName = flowName;
        this.runCount = runCount;
        this.session = session;
        this.taskRuns = taskRuns;
    }

    /** Returns the first attempt at a new flow run. */
    static FlowRun first(UUID id, String flowName, TaskSession session) {
        return of(id, flowName, RunCount.ofNew(id, flowName, session), session);
    }

    /**
     * Returns the next attempt at a flow run that other processes may have begun.
     *
     * @throws io.github.ignitetasks.NotCompletedException if the grid cannot record the attempt
     * @throws TaskInterruptedException if this thread is interrupted
     */
    static FlowRun resumed(UUID id, String flowName, TaskSession session) {
        return of(id, flowName, RunCount.ofKnown(id, flowName, session), session);
    }

    private static FlowRun of(UUID id, String flowName, RunCount runCount, TaskSession session) {
        return new FlowRun(id, flowName, runCount, session, new TaskRuns(id, flowName, runCount, session));
    }

    /**
     * Returns the next attempt at the same flow run.
     *
     * @throws io.github.ignitetasks.NotCompletedException if the grid cannot record the attempt
     * @throws TaskInterruptedException if this thread is interrupted
     */
    FlowRun next() {
        RunCount next = runCount.next(id, flowName, session);
        return new FlowRun(id, flowName, next, session, taskRuns.next(next));
    }

    /** Returns the id of the flow run, which is part of the identity of its task runs. */
    public UUID id() {
        return id;
    }

    /** Returns the name of the flow. */
    public String flowName() {
        return flowName;
    }

    /** Returns the number of this attempt at the flow run, from 1, over all processes that have run it. */
    public int runCount() {
        return runCount.count();
    }

    @Override
    <R extends @Nullable Object> TaskFuture<R> submit(Submission<R> submission) {
        return taskRuns.submit(submission);
    }

    @Override
    int partitionsOf(String cache) {
        return session.partitionsOf(cache);
    }

    /**
     * Runs a task with each argument of a stream, and returns the results in the order of the arguments. It takes
     * bounded memory, however many arguments there are, because it has a limited number of tasks ahead of the result
     * that is taken next, and releases each result that was taken. So a retried or resumed flow runs these tasks again,
     * and the report leaves them out. Results of tasks with keys of their own, see {@link Task#keyedBy}, are not
     * released.
     *
     * <p>The returned stream throws a {@link io.github.ignitetasks.NotCompletedException} at the first task that ended
     * without a result, and cancels the tasks ahead. Close the stream if you do not take all results: that cancels the
     * tasks ahead, too.
     *
     * @param ahead how many tasks may have begun before their results are taken, from 1
     * @throws IllegalArgumentException if {@code ahead} is below 1
     */
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> mapStream(
            Task<A, R> task, Stream<? extends A> arguments, int ahead) {
        requireNonNull(task, "task");
        requireNonNull(arguments, "arguments");
        if (ahead < 1) {
            throw new IllegalArgumentException("ahead must be 1 or more, but is " + ahead);
        }
        return ResultStream.of(taskRuns, task, arguments, ahead);
    }

    /**
     * Stores a value once for many tasks, which all may capture the returned future, see {@link TaskSession#share}. The
     * tasks of a node get the same object: treat it as immutable. A retried or resumed flow takes the value that an
     * earlier attempt stored.
     *
     * @param name the name of the value, after which its task run is named
     * @throws IllegalArgumentException if the name is blank or too long, if the value holds a future, or if a runner
     *     that copies calls cannot serialize the value
     */
    public <R extends @Nullable Object> TaskFuture<R> share(String name, R value) {
        return taskRuns.share(NamedOptions.of(name).name(), value);
    }

    /**
     * Returns the future of a task run that ends as a stage of other code does, see {@link TaskSession#adopt}. It takes
     * no slot. A retried or resumed flow takes the value that an earlier attempt left, and leaves the stage alone.
     *
     * @param name the name of the task, after which its run is named
     * @throws IllegalArgumentException if the name is blank or too long
     */
    public <R extends @Nullable Object> TaskFuture<R> adopt(String name, CompletionStage<? extends R> stage) {
        requireNonNull(stage, "stage");
        return taskRuns.adopt(NamedOptions.of(name).name(), stage);
    }

    /**
     * Runs another flow as a part of this one, on this thread, and returns its final state. Its tasks run on the runner
     * of this flow. It is a run of its own, with its own retries and timeout, and the report of this flow leaves its
     * tasks out. Its id follows from the id of this run and from how many runs of that flow this one called before. So
     * it resumes with this run.
     *
     * @throws IllegalStateException if this flow has timed out or ended
     * @throws TaskInterruptedException if this thread is interrupted before the call
     * @throws io.github.ignitetasks.NotCompletedException if the grid cannot record an attempt at the flow run
     */
    public <A extends @Nullable Object, R extends @Nullable Object> State<R> call(Flow<A, R> flow, A argument) {
        requireNonNull(flow, "flow");
        return call(flow.execution(taskRuns.nextChild(flow.name()), argument));
    }

    /** Runs another flow, which takes no argument, as {@link #call(Flow, Object)} does. */
    public <R extends @Nullable Object> State<R> call(FlowWithoutArgument<R> flow) {
        requireNonNull(flow, "flow");
        return call(flow.execution(taskRuns.nextChild(flow.name())));
    }

    private <R extends @Nullable Object> State<R> call(FlowExecution<R> child) {
        return taskRuns.whileRunning(child, () -> child.runIn(session, runCount() == 1))
                .state();
    }

    /** Cancels the tasks, those of called flows too, and refuses new ones. */
    void stop() {
        taskRuns.stop();
    }

    /**
     * Waits until all tasks have ended, including those submitted meanwhile.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    void awaitTasks() {
        taskRuns.awaitAll();
    }

    /**
     * Waits until all tasks have ended, and checks that all completed.
     *
     * @throws TasksNotCompletedException if one of them is not Completed
     * @throws TaskInterruptedException if this thread is interrupted
     */
    void awaitCompleted() {
        taskRuns.awaitCompleted();
    }

    /** Returns the states by task-run name, in the order of submission; call this once all tasks have ended. */
    Map<String, State<?>> taskStates() {
        return taskRuns.states();
    }

    /** Returns the numbers of tasks by name and state; call this once all tasks have ended. */
    EndsByName ends() {
        return taskRuns.ends();
    }

    /** Returns the name of the flow and the id of the flow run. */
    @Override
    public String toString() {
        return flowName + " " + id;
    }
}
