package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.base.PlainText;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a call: its time limits and retries, how long its state counts, and where and when it runs. Start from
 * {@link #none} and change what you need:
 *
 * <pre>{@code
 * CallOptions options = CallOptions.none().withTimeout(Duration.ofMinutes(1)).withRetries(3, Duration.ofSeconds(1));
 * }</pre>
 *
 * <p>Two objects are equal if all their settings are. Immutable, safe to share.
 */
public final class CallOptions implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);

    private static final int MAX_CRASH_RETRIES = 1_000;

    /** The timeout that stands for no limit. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private static final CallOptions NONE = new CallOptions(new Draft());

    private final Duration timeout;
    private final Duration deadline;
    private final Retries retries;
    private final @Nullable Integer crashRetries;
    private final @Nullable Duration resultTtl;
    private final boolean failuresKept;
    private final @Nullable NearData nearData;
    private final Requirements requirements;
    private final int priority;
    private final @Nullable String name;
    private final @Nullable String flowRun;

    private CallOptions(Draft draft) {
        this.timeout = draft.timeout;
        this.deadline = draft.deadline;
        this.retries = draft.retries;
        this.crashRetries = draft.crashRetries;
        this.resultTtl = draft.resultTtl;
        this.failuresKept = draft.failuresKept;
        this.nearData = draft.nearData;
        this.requirements = draft.requirements;
        this.priority = draft.priority;
        this.name = draft.name;
        this.flowRun = draft.flowRun;
    }

    /** Returns the default: no timeout, no retries. */
    public static CallOptions none() {
        return NONE;
    }

    /**
     * Returns these options with another timeout.
     *
     * @param timeout how long one attempt may take, from its start; {@link #FOREVER} for no limit. On a grid this
     *     covers reading the call, running it and writing its result
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public CallOptions withTimeout(Duration timeout) {
        if (checkPositive("timeout", timeout).equals(this.timeout)) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.timeout = timeout;
        return new CallOptions(draft);
    }

    /**
     * Returns these options with a deadline.
     *
     * @param deadline how long the call may take from its submission to its end, over all waits and attempts; {@link
     *     #FOREVER} for no limit. A call that has not ended by then is interrupted, or never starts, and is TimedOut.
     *     As with all options, those of the first call under a key hold for all that join it
     * @throws IllegalArgumentException if the deadline is not positive
     */
    public CallOptions withDeadline(Duration deadline) {
        Draft draft = new Draft(this);
        draft.deadline = checkPositive("deadline", deadline);
        return new CallOptions(draft);
    }

    private static Duration checkPositive(String setting, Duration value) {
        if (requireNonNull(value, setting).isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    setting + " must be positive, but is " + value + "; leave it out for no limit");
        }
        return value;
    }

    /** Returns these options with other retries. */
    public CallOptions withRetries(Retries retries) {
        if (requireNonNull(retries, "retries").equals(this.retries)) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.retries = retries;
        return new CallOptions(draft);
    }

    /**
     * Returns these options with {@link Retries#fixed} retries.
     *
     * @param retries how often a call that Failed runs again, from 0
     * @param delay how long to wait before each retry; the call holds no slot meanwhile
     * @throws IllegalArgumentException if one of them is negative
     */
    public CallOptions withRetries(int retries, Duration delay) {
        return withRetries(Retries.fixed(retries, delay));
    }

    /**
     * Returns these options with a number of runs after deaths: how often the call may run again after the node died
     * that ran it. After one death more it is Crashed, and names the nodes.
     *
     * <p>Without this setting a call runs again after two deaths, and a death counts only if the call may be its cause.
     * With it each death of a node counts on which the call had started, or may have. So {@code withCrashRetries(0)} runs the call at
     * most once, also if its node and its submitter die together. The start is recorded before the call's code runs,
     * which costs two more writes. Runners of this JVM have no nodes that could die.
     *
     * @param crashRetries from 0 to 1,000
     * @throws IllegalArgumentException if the number is out of range
     */
    public CallOptions withCrashRetries(int crashRetries) {
        if (crashRetries < 0 || crashRetries > MAX_CRASH_RETRIES) {
            throw new IllegalArgumentException("crashRetries must be 0 to " + MAX_CRASH_RETRIES + ", but is "
                    + crashRetries + "; use 0 for a call that must not run twice");
        }
        Draft draft = new Draft(this);
        draft.crashRetries = crashRetries;
        return new CallOptions(draft);
    }

    /**
     * Returns these options with a time for which the state of this key is kept after its end, instead of that of the
     * session. After it, the key runs anew when it is next submitted.
     *
     * @param resultTtl 1 second or more; {@link #FOREVER} for as long as the session or the grid lives
     * @throws IllegalArgumentException if the time is shorter
     */
    public CallOptions withResultTtl(Duration resultTtl) {
        if (requireNonNull(resultTtl, "resultTtl").compareTo(SHORTEST_TTL) < 0) {
            throw new IllegalArgumentException("resultTtl must be 1 s or more, but is " + resultTtl);
        }
        Draft draft = new Draft(this);
        draft.resultTtl = resultTtl;
        return new CallOptions(draft);
    }

    /**
     * Returns these options with the choice whether a state without a result counts. If not, submitting a key that
     * ended in such a state runs it anew, as if the key had been released. Otherwise it shares that state, which is the
     * default.
     */
    public CallOptions withFailuresKept(boolean kept) {
        if (kept == failuresKept) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.failuresKept = kept;
        return new CallOptions(draft);
    }

    /**
     * Returns these options with data of a cache beside which the call runs: on the primary node of the partition,
     * which stays there while the call runs. So the call reads that data without the network. If the partition moves
     * before, the call follows it.
     *
     * <p>Only an {@code IgniteTaskRunner} has caches. Other runners refuse the call. Submitting it while the grid is
     * away throws an {@link IllegalStateException}, because nobody knows the place then.
     */
    public CallOptions near(NearData data) {
        Draft draft = new Draft(this);
        draft.nearData = requireNonNull(data, "data");
        return new CallOptions(draft);
    }

    /**
     * Returns these options so that the call runs on nodes alone that have an Ignite user attribute of this value. Calls
     * again add more attributes.
     *
     * @param value the attribute's value as text
     * @throws IllegalArgumentException if a text is blank
     * @see Requirements
     */
    public CallOptions onNodes(String attribute, String value) {
        return withRequirements(requirements.onNodes(attribute, value));
    }

    /**
     * Returns these options so that the call takes so much of a resource of its node while it runs. Calls again add more
     * resources.
     *
     * @param amount 1 or more
     * @throws IllegalArgumentException if the name is blank or the amount is less
     * @see Requirements
     */
    public CallOptions requires(String resource, int amount) {
        return withRequirements(requirements.requires(resource, amount));
    }

    /**
     * Returns these options so that the call is one of at most so many that run at a time on the whole grid, of those
     * with a limit of this name. Calls again add more limits.
     *
     * @param most 1 or more
     * @throws IllegalArgumentException if the name is blank or the number is less
     * @see Requirements
     */
    public CallOptions limit(String name, int most) {
        return withRequirements(requirements.limit(name, most));
    }

    /** Returns these options with other requirements: what the call needs of a node and of the grid to start. */
    public CallOptions withRequirements(Requirements requirements) {
        if (requireNonNull(requirements, "requirements").equals(this.requirements)) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.requirements = requirements;
        return new CallOptions(draft);
    }

    /**
     * Returns these options with a priority: of the calls that wait, those of a higher priority start first. This holds
     * for the calls that wait in the session for the same node, and for those that wait on a node for a slot. Of each
     * eight calls that start, one is the call that has waited longest, whatever its priority. So no call waits for ever
     * behind calls of a higher priority. A call whose {@link Requirements} are not met is passed over.
     *
     * @param priority any number; 0 by default, negative for what can wait
     */
    public CallOptions withPriority(int priority) {
        if (priority == this.priority) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.priority = priority;
        return new CallOptions(draft);
    }

    /**
     * Returns these options with a name that many calls share, for people: logs, counters and views tell calls by it. A
     * flow gives its tasks their names.
     *
     * @throws IllegalArgumentException if the name is blank, or has a control character, a line separator or half of a
     *     surrogate pair
     */
    public CallOptions withName(String name) {
        Draft draft = new Draft(this);
        draft.name = checkLabel("name", name);
        return new CallOptions(draft);
    }

    /**
     * Returns these options with the id of the flow run that submits the call, for people. A flow gives its tasks this
     * id.
     *
     * @throws IllegalArgumentException if the id is blank, or has a control character, a line separator or half of a
     *     surrogate pair
     */
    public CallOptions withFlowRun(String flowRun) {
        Draft draft = new Draft(this);
        draft.flowRun = checkLabel("flowRun", flowRun);
        return new CallOptions(draft);
    }

    private static String checkLabel(String setting, String value) {
        if (requireNonNull(value, setting).isBlank()) {
            throw new IllegalArgumentException(setting + " must not be blank; leave it out for none");
        }
        return PlainText.check(setting, value);
    }

    /** Returns how long one attempt may take, from its start; {@link #FOREVER} for no limit. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns whether each attempt has a time limit. */
    public boolean hasTimeout() {
        return !timeout.equals(FOREVER);
    }

    /** Returns how long the call may take from its submission to its end; {@link #FOREVER} for no limit. */
    public Duration deadline() {
        return deadline;
    }

    /** Returns whether the call as a whole has a time limit. */
    public boolean hasDeadline() {
        return !deadline.equals(FOREVER);
    }

    /** Returns the retries of a call that Failed. */
    public Retries retries() {
        return retries;
    }

    /** Returns how often the call may run again after its node died; empty for the default rule. */
    public OptionalInt crashRetries() {
        return crashRetries == null ? OptionalInt.empty() : OptionalInt.of(crashRetries);
    }

    /** Returns for how long the state of the key is kept after its end; empty to leave that to the session. */
    public Optional<Duration> resultTtl() {
        return Optional.ofNullable(resultTtl);
    }

    /** Returns whether submitting a key that ended without a result shares that state. */
    public boolean keepsFailures() {
        return failuresKept;
    }

    /** Returns the data beside which the call runs; empty if that does not matter. */
    public Optional<NearData> nearData() {
        return Optional.ofNullable(nearData);
    }

    /** Returns what the call needs of a node and of the grid to start. */
    public Requirements requirements() {
        return requirements;
    }

    /** Returns the priority; 0 by default. */
    public int priority() {
        return priority;
    }

    /** Returns the name that the call shares with others; empty if it has none. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Returns the id of the flow run that submits the call; empty if no flow does. */
    public Optional<String> flowRun() {
        return Optional.ofNullable(flowRun);
    }

    /** Checks settings that were read. */
    @Serial
    private Object readResolve() {
        CallOptions read = withTimeout(requireNonNull(timeout, "timeout"))
                .withDeadline(requireNonNull(deadline, "deadline"))
                .withRetries(requireNonNull(retries, "retries"))
                .withRequirements(requireNonNull(requirements, "requirements"));
        if (resultTtl != null) {
            read = read.withResultTtl(resultTtl);
        }
        if (crashRetries != null) {
            read = read.withCrashRetries(crashRetries);
        }
        if (name != null) {
            read = read.withName(name);
        }
        return flowRun == null ? read : read.withFlowRun(flowRun);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallOptions that
                && timeout.equals(that.timeout)
                && deadline.equals(that.deadline)
                && retries.equals(that.retries)
                && Objects.equals(crashRetries, that.crashRetries)
                && Objects.equals(resultTtl, that.resultTtl)
                && failuresKept == that.failuresKept
                && Objects.equals(nearData, that.nearData)
                && requirements.equals(that.requirements)
                && priority == that.priority
                && Objects.equals(name, that.name)
                && Objects.equals(flowRun, that.flowRun);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeout, retries, resultTtl, failuresKept, nearData, requirements, priority, name);
    }

    @Override
    public String toString() {
        return "CallOptions[timeout=" + timeout + ", deadline=" + deadline + ", retries=" + retries + ", crashRetries="
                + crashRetries + ", resultTtl=" + resultTtl + ", failuresKept=" + failuresKept + ", nearData="
                + nearData + ", requirements=" + requirements + ", priority=" + priority + ", name=" + name
                + ", flowRun=" + flowRun + "]";
    }

    /** Settings that a with-method changes before they become options. */
    private static final class Draft {
        private Duration timeout = FOREVER;
        private Duration deadline = FOREVER;
        private Retries retries = Retries.none();
        private @Nullable Integer crashRetries;
        private @Nullable Duration resultTtl;
        private boolean failuresKept = true;
        private @Nullable NearData nearData;
        private Requirements requirements = Requirements.none();
        private int priority;
        private @Nullable String name;
        private @Nullable String flowRun;

        private Draft() {}

        private Draft(CallOptions from) {
            this.timeout = from.timeout;
            this.deadline = from.deadline;
            this.retries = from.retries;
            this.crashRetries = from.crashRetries;
            this.resultTtl = from.resultTtl;
            this.failuresKept = from.failuresKept;
            this.nearData = from.nearData;
            this.requirements = from.requirements;
            this.priority = from.priority;
            this.name = from.name;
            this.flowRun = from.flowRun;
        }
    }
}
