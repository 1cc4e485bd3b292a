package io.github.ignitetasks.benchmarks.measure;

import java.lang.management.ManagementFactory;

/** The compilers of the JVMs that run what is measured: while they work, it is slower than it will be. */
@FunctionalInterface
public interface Compilers {

    /** Returns for how long they have worked so far, in milliseconds, added up over the JVMs. */
    long compileMillis();

    /** Returns for how long those of this JVM have. */
    static long millisHere() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }
}
