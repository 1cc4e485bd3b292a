package io.github.ignitetasks.internal.execution;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemon threads for tasks, named {@code name-1}, {@code name-2} and so on. They inherit no thread locals and no
 * context class loader: who happens to grow the pool is nobody to the tasks that run on it. Safe to share between threads.
 */
public final class TaskThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    /** Makes threads of this name. */
    public TaskThreads(String name) {
        this.name = name;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a thread inherits that of whoever makes it
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, name + "-" + count.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(TaskThreads.class.getClassLoader());
        return thread;
    }
}
