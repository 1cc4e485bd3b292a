package io.github.ignitetasks.contract;

import static io.github.ignitetasks.contract.Contract.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskFuture;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Contract of a task's thread: each task finds it in the same condition, whatever task ran there before. */
interface ContextContract extends Contract {

    /** Enough calls to use each slot of the runner more than once. */
    int MANY = 16;

    @Test
    default void contextClassLoaderIsThatOfTheCallsCode() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(strangeLoader());
        try {
            assertThat(end(session().submit(key("loader"), ContextContract::hasOwnLoader))
                            .result())
                    .isTrue();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    default void whatATaskLeavesOnItsThreadTheNextDoesNotFind() {
        List<TaskFuture<Integer>> spoiling = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            spoiling.add(session().submit(key("spoils"), ContextContract::spoil));
        }
        spoiling.forEach(future -> assertThat(end(future).result()).isOne());

        for (int i = 0; i < MANY; i++) {
            assertThat(end(session().submit(key("finds"), ContextContract::found))
                            .result())
                    .isEmpty();
        }
        boolean left = Thread.interrupted(); // a sequential runner cannot tell whose interrupt it is
        assertThat(left && !isSequential()).isFalse();
        assertThat(found()).isEmpty();
    }

    @Test
    default void linesThatATaskLogsTellItsKeyNameAndFlowRun() {
        String key = key("logs");
        CallOptions named = CallOptions.none().withName("fetch").withFlowRun("run-7");

        assertThat(session().submit(key, () -> logged(), named).result()).isEqualTo(key + ", fetch, run-7");
        assertThat(session().submit(key + 2, () -> logged()).result()).isEqualTo(key + "2, null, null");
    }

    private static String logged() {
        return MDC.get("ignitetasks.key") + ", " + MDC.get("ignitetasks.task") + ", " + MDC.get("ignitetasks.flowRun");
    }

    @Test
    default void whatAnAttemptLeavesOnItsThreadTheNextDoesNotFind() {
        CallOptions again = CallOptions.none().withRetries(1, Duration.ZERO);

        TaskFuture<String> future = session()
                .submit(
                        key("again"),
                        () -> {
                            if (TaskContext.current().orElseThrow().attempt() == 1) {
                                throw new IllegalStateException("spoilt " + spoil());
                            }
                            return found();
                        },
                        again);

        assertThat(end(future).result()).isEmpty();
        boolean left = Thread.interrupted();
        assertThat(left && !isSequential()).isFalse();
        assertThat(found()).isEmpty();
    }

    /**
     * Returns whether the context class loader finds this class. With peer class loading it may be a child of its
     * loader.
     */
    private static boolean hasOwnLoader() {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return Class.forName(ContextContract.class.getName(), false, loader) == ContextContract.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Returns a class loader that knows only the classes of the JDK. */
    private static ClassLoader strangeLoader() {
        return new URLClassLoader("strange", new URL[0], null);
    }

    @SuppressWarnings("ThreadPriorityCheck") // the test looks for this priority
    private static int spoil() {
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(strangeLoader());
        thread.setName("spoilt");
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.setUncaughtExceptionHandler(new Ignoring());
        MDC.put("spoilt", "yes");
        thread.interrupt();
        return 1;
    }

    /** Returns the traces of {@link #spoil} on this thread. The text is empty if there are none. */
    private static String found() {
        Thread thread = Thread.currentThread();
        List<String> found = new ArrayList<>();
        if (!hasOwnLoader()) {
            found.add("class loader " + thread.getContextClassLoader());
        }
        if (thread.getName().equals("spoilt")) {
            found.add("name");
        }
        if (thread.getPriority() != Thread.NORM_PRIORITY) {
            found.add("priority " + thread.getPriority());
        }
        if (thread.getUncaughtExceptionHandler() instanceof Ignoring) {
            found.add("handler");
        }
        if (MDC.get("spoilt") != null) {
            found.add("MDC");
        }
        if (thread.isInterrupted()) {
            found.add("interrupt");
        }
        return String.join(", ", found);
    }

    /** Ignores uncaught exceptions. */
    final class Ignoring implements Thread.UncaughtExceptionHandler {
        @Override
        public void uncaughtException(Thread thread, Throwable problem) {
            // the tests throw none
        }
    }
}
