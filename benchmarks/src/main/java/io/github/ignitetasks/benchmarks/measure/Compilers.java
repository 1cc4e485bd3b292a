package io.github.ignitetasks.benchmarks.measure;

import java.lang.management.ManagementFactory;

/** The JIT compilers of the JVMs that run the measured code. Code runs slower while they work. */
@FunctionalInterface
public interface Compilers {

    /** Returns the total time for which the compilers of all these JVMs have worked, in milliseconds. */
    long compileMillis();

    /** Returns the total compile time of this JVM, in milliseconds. */
    static long millisHere() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }
}
