package io.github.ignitetasks.internal.execution;

import static io.github.ignitetasks.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadersTest {
    private static final long BRIEF = 1;

    private final Readers readers = new Readers("readers-test");
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void close() {
        gate.countDown();
        readers.close();
    }

    @Test
    void whatIsReadFastIsHadWhateverTheTimeout() throws Exception {
        assertThat(readers.within(BRIEF, "fast", () -> "read")).contains("read");
        assertThat(readers.within(-1, "fast", () -> "read")).contains("read");
    }

    @Test
    void whatTakesLongerIsReadOnceForAllWhoWait() throws Exception {
        assertThat(readers.within(BRIEF, "slow", this::slow)).isEmpty();
        assertThat(readers.within(BRIEF, "slow", this::slow)).isEmpty();

        gate.countDown();

        assertThat(readers.within(PATIENCE.toNanos(), "slow", this::slow)).contains("slow");
        assertThat(reads).hasValueBetween(1, 2); // the last request reads again if the first read has ended
    }

    @Test
    void whatTakesLongerHoldsUpNoOther() throws Exception {
        assertThat(readers.within(BRIEF, "slow", this::slow)).isEmpty();

        assertThat(readers.within(PATIENCE.toNanos(), "other", () -> "other")).contains("other");
    }

    @Test
    void waitWithoutLimitReadsOnItsOwnThread() throws Exception {
        assertThat(readers.within(Long.MAX_VALUE, "own", Thread::currentThread)).contains(Thread.currentThread());
    }

    @Test
    void contextClassLoaderIsThatOfWhoAsks() throws Exception {
        ClassLoader own = new ClassLoader() {};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(own);
        try {
            assertThat(readers.within(
                            PATIENCE.toNanos(),
                            "loader",
                            () -> Thread.currentThread().getContextClassLoader()))
                    .contains(own);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void whatReadingThrowsIsThrown() {
        assertThatThrownBy(() -> readers.within(PATIENCE.toNanos(), "throws", () -> {
                    throw new IllegalArgumentException("on purpose");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("on purpose");
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> readers.within(PATIENCE.toNanos(), "slow", this::slow));
    }

    @Test
    void whatIsAskedForAfterTheCloseIsReadToo() throws Exception {
        readers.close();

        assertThat(readers.within(PATIENCE.toNanos(), "late", () -> "read")).contains("read");
    }

    private String slow() {
        reads.incrementAndGet();
        Work.pass(gate);
        return "slow";
    }
}
