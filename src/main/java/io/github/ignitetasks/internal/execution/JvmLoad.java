package io.github.ignitetasks.internal.execution;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;

/**
 * The load of this JVM at one moment.
 *
 * @param heapUsed the used bytes of its heap
 * @param heapMax the largest size of its heap in bytes
 * @param cpu the share of all processors that this process uses, from 0 to 1; negative if unknown
 */
public record JvmLoad(long heapUsed, long heapMax, double cpu) {

    /** Returns the load now. */
    public static JvmLoad now() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        double cpu = system instanceof com.sun.management.OperatingSystemMXBean more ? more.getProcessCpuLoad() : -1;
        return new JvmLoad(heap.getUsed(), heap.getMax(), cpu);
    }
}
