package io.github.ignitetasks.benchmarks.taskbench;

/** Busy work in plain threads of this JVM, one for each core. */
public final class PlainThreads implements PlainWork {

    @Override
    public double iterationsPerNano() throws InterruptedException {
        return Spin.iterationsPerNano();
    }

    @Override
    public double nanos(long iterations) throws InterruptedException {
        return Spin.nanosInPlainThreads(iterations);
    }
}
