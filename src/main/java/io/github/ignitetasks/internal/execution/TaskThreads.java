package io.github.ignitetasks.internal.execution;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A factory of daemon threads for tasks, named {@code name-1}, {@code name-2} and so on. Threads inherit no thread
 * locals and no context class loader: the thread that grows the pool is unrelated to the tasks there. Safe to share
 * between threads.
 */
public final class TaskThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    /** Makes a factory of threads with this name. */
    public TaskThreads(String name) {
        this.name = name;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a thread inherits the priority of its creator
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, name + "-" + count.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(TaskThreads.class.getClassLoader());
        return thread;
    }
}
