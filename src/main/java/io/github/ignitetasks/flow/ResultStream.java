package io.github.ignitetasks.flow;

import io.github.ignitetasks.TaskFuture;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of a task for a stream of arguments, in their order. It submits so many tasks ahead of the result that is
 * taken next, and releases each result that was taken, unless others may want its key. Used by one thread at a time.
 */
final class ResultStream<A extends @Nullable Object, R extends @Nullable Object> extends AbstractSpliterator<R> {
    private final TaskRuns runs;
    private final Task<A, R> task;
    private final Iterator<? extends A> arguments;
    private final int ahead;
    private final Queue<TaskFuture<R>> submitted = new ArrayDeque<>();

    private ResultStream(TaskRuns runs, Task<A, R> task, Stream<? extends A> arguments, int ahead) {
        super(Long.MAX_VALUE, ORDERED);
        this.runs = runs;
        this.task = task;
        this.arguments = arguments.iterator();
        this.ahead = ahead;
    }

    /** Returns the stream; closing it cancels the tasks ahead, and closes the stream of the arguments. */
    static <A extends @Nullable Object, R extends @Nullable Object> Stream<R> of(
            TaskRuns runs, Task<A, R> task, Stream<? extends A> arguments, int ahead) {
        ResultStream<A, R> results = new ResultStream<>(runs, task, arguments, ahead);
        return StreamSupport.stream(results, false).onClose(results::cancel).onClose(arguments::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super R> action) {
        while (submitted.size() < ahead && arguments.hasNext()) {
            A argument = arguments.next();
            submitted.add(runs.submitPassing(Submission.of(task, argument)));
        }
        TaskFuture<R> next = submitted.poll();
        if (next == null) {
            return false;
        }
        R result;
        try {
            result = runs.take(next);
            if (!task.identity().isKeyed()) {
                next.release(); // nobody else can have its key
            }
        } catch (RuntimeException e) {
            runs.drop(next);
            cancel();
            throw e;
        }
        action.accept(result);
        return true;
    }

    private void cancel() {
        submitted.forEach(runs::drop);
        submitted.clear();
    }
}
