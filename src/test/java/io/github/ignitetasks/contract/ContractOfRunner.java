package io.github.ignitetasks.contract;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.File;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Base class of the contract's tests.
 *
 * <p>It opens one session before the first test and closes it after the last. It also makes gates, tallies, and keys
 * that no other test uses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class ContractOfRunner implements Contract {
    private static final int SLOTS = 4;

    private final String run = UUID.randomUUID().toString();
    private final AtomicInteger count = new AtomicInteger();
    private File folder;
    private TaskSession session;

    /**
     * Returns a runner with the configuration under test and a number of slots. A sequential runner ignores the number.
     */
    @Override
    public abstract TaskRunner withSlots(int slots);

    @Override
    public TaskRunner runner() {
        return withSlots(SLOTS);
    }

    @Override
    public boolean sharesKeysBetweenSessions() {
        return false;
    }

    @BeforeAll
    final void start(@TempDir File folder) {
        this.folder = folder;
        session = runner().start();
    }

    @AfterAll
    final void close() {
        session.close(Deadlines.PATIENCE);
        closeGrids();
    }

    /** Closes the grids that the test started for its runners. */
    protected void closeGrids() {}

    @Override
    public final TaskSession session() {
        return session;
    }

    @Override
    public final String key(String name) {
        return name + "-" + count.incrementAndGet() + "-" + run;
    }

    @Override
    public final Gate gate() {
        return new Gate(new File(folder, key("gate")));
    }

    @Override
    public final Tally tally() {
        File place = new File(folder, key("tally"));
        if (!place.mkdir()) {
            throw new IllegalStateException("cannot make " + place);
        }
        return new Tally(place);
    }
}
