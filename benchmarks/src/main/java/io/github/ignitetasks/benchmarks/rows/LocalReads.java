package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;

/** Which share of tasks that read an entry run beside it? The other side are tasks that do not say what they read. */
record LocalReads(String name, Target target) implements Row {

    @Override
    public Answer measure(Testbeds testbeds) {
        Testbed testbed = testbeds.grid();
        EntryReads.makeCache(testbed.ignite());
        try (TaskSession session = testbed.openSession()) {
            double near = localShare(new EntryReads(session, true, EntryReads.ENTRIES));
            double anywhere = localShare(new EntryReads(session, false, EntryReads.ENTRIES));
            return new Answer.Measured(Figures.digits(near), Figures.digits(anywhere), near, "");
        }
    }

    private static double localShare(EntryReads reads) {
        reads.measure();
        return reads.localShare();
    }
}
