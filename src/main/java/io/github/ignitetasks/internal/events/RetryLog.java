package io.github.ignitetasks.internal.events;

import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.base.PlainText;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each failed attempt that another attempt follows. */
public final class RetryLog implements TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RetryLog.class);

    @Override
    public void retrying(TaskLabel task, String node, int attempt, int attempts, State<?> failed, Duration delay) {
        LOG.info(
                "task '{}' attempt {} of {} on node {} {}; again in {}",
                task.key(),
                attempt,
                attempts,
                node,
                PlainText.inOneLine(failed.describe()),
                delay);
    }
}
