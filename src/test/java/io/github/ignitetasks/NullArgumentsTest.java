package io.github.ignitetasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.cluster.AdaptiveScaling;
import io.github.ignitetasks.cluster.ClusterFactory;
import io.github.ignitetasks.cluster.EmbeddedCluster;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.Task;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import io.github.ignitetasks.observe.TaskTracing;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that every public method that refuses null names the argument that was null. */
final class NullArgumentsTest {
    private final TaskSession session = SequentialTaskRunner.create().start();

    private final List<Object> objects = List.of(
            Task.named("task"),
            Task.named("task").body(argument -> argument),
            Flow.named("flow"),
            Flow.named("flow").body((run, argument) -> argument),
            Flow.named("flow").body(run -> 1),
            IgniteTaskRunner.builder(),
            LocalCluster.builder(),
            Tls.builder(),
            AdaptiveScaling.between(1, 2),
            CallOptions.none(),
            Retries.none(),
            FutureList.of(List.of()),
            session,
            session.complete("key", 1),
            session.submit(() -> TaskContext.current().orElseThrow()).result(),
            SequentialTaskRunner.create(),
            ThreadPoolTaskRunner.create(),
            Failure.ofText("", "", ""));

    private final List<Class<?>> factories = List.of(
            Task.class,
            Flow.class,
            IgniteTaskRunner.class,
            LocalCluster.class,
            Tls.class,
            AdaptiveScaling.class,
            EmbeddedCluster.class,
            TaskFuture.class,
            TaskFutures.class,
            Failure.class,
            CallOptions.class,
            Retries.class,
            NearData.class,
            FutureList.class,
            FailedAttempt.class,
            ExecutionInfo.class,
            MappedFutures.class,
            Deadline.class,
            TaskProgress.class,
            NotCarriedException.class,
            NotCompletedException.class,
            SequentialTaskRunner.class,
            TaskTracing.class,
            ThreadPoolTaskRunner.class);

    @Test
    void methodsNameTheArgumentThatIsNull() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Object object : objects) {
            for (Class<?> type : publicTypes(object.getClass())) {
                for (Method method : type.getDeclaredMethods()) {
                    if (!Modifier.isStatic(method.getModifiers())) {
                        check(method, object, wrong);
                    }
                }
            }
        }
        for (Class<?> type : factories) {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isStatic(method.getModifiers())) {
                    check(method, null, wrong);
                }
            }
            for (Executable constructor : type.getConstructors()) {
                check(constructor, null, wrong);
            }
        }
        session.close();

        assertThat(wrong).isEmpty();
    }

    private static Collection<Class<?>> publicTypes(Class<?> type) {
        Map<Class<?>, Boolean> types = new LinkedHashMap<>();
        collect(type, types);
        return types.keySet();
    }

    private static void collect(@Nullable Class<?> type, Map<Class<?>, Boolean> types) {
        if (type == null || !type.getName().startsWith("io.github.ignitetasks.")) {
            return;
        }
        if (Modifier.isPublic(type.getModifiers()) && !type.getPackageName().contains(".internal.")) {
            types.put(type, true);
        }
        collect(type.getSuperclass(), types);
        for (Class<?> each : type.getInterfaces()) {
            collect(each, types);
        }
    }

    private void check(Executable called, @Nullable Object target, List<String> wrong) throws Exception {
        if (!Modifier.isPublic(called.getModifiers())
                || called.isSynthetic()
                || called.getName().equals("equals")) {
            return;
        }
        Parameter[] parameters = called.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getType().isPrimitive() || isNullable(parameters[i])) {
                continue;
            }
            Object[] arguments = Arrays.stream(parameters).map(this::value).toArray();
            arguments[i] = null;
            String where =
                    called.getDeclaringClass().getSimpleName() + "." + called.getName() + " " + parameters[i].getName();
            try {
                if (called instanceof Method method) {
                    method.setAccessible(true);
                    method.invoke(target, arguments);
                } else {
                    ((java.lang.reflect.Constructor<?>) called).newInstance(arguments);
                }
                wrong.add(where + ": accepted");
            } catch (InvocationTargetException e) {
                Throwable cause = e.getCause();
                boolean named = cause instanceof NullPointerException
                        && cause.getMessage() != null
                        && !cause.getMessage().startsWith("Cannot ");
                if (!named) {
                    wrong.add(where + ": " + cause);
                }
            }
        }
    }

    private static boolean isNullable(Parameter parameter) {
        return isMarked(parameter.getAnnotatedType())
                || parameter.getParameterizedType() instanceof java.lang.reflect.TypeVariable<?>;
    }

    private static boolean isMarked(AnnotatedElement element) {
        return element.isAnnotationPresent(Nullable.class);
    }

    private @Nullable Object value(Parameter parameter) {
        Class<?> type = parameter.getType();
        if (type == int.class) {
            return 1;
        } else if (type == double.class) {
            return 0.5;
        } else if (type.isArray() && !type.getComponentType().isPrimitive()) {
            return Array.newInstance(type.getComponentType(), 0);
        } else if (type == Retries.class) {
            return Retries.none();
        } else if (type == NearData.class) {
            return NearData.partition("cache", 0);
        } else if (type == long.class) {
            return 1L;
        } else if (type == boolean.class) {
            return true;
        } else if (type == String.class) {
            return "text-" + UUID.randomUUID();
        } else if (type == Duration.class) {
            return Duration.ofSeconds(1);
        } else if (type == Instant.class) {
            return Instant.EPOCH;
        } else if (type == Path.class) {
            return Path.of("/nowhere");
        } else if (type == char[].class) {
            return "secret".toCharArray();
        } else if (type == UUID.class) {
            return UUID.randomUUID();
        } else if (type == CallOptions.class) {
            return CallOptions.none();
        } else if (type == TaskRunner.class) {
            return SequentialTaskRunner.create();
        } else if (type == Failure.class) {
            return Failure.ofText("", "", "");
        } else if (type == State.class) {
            return new State.Cancelled<>(false, ExecutionInfo.neverRan(""));
        } else if (type == Throwable.class) {
            return new IllegalStateException();
        } else if (type == Map.class) {
            return Map.of();
        } else if (Collection.class.isAssignableFrom(type) || type == Iterable.class) {
            return List.of();
        } else if (type == AdaptiveScaling.class) {
            return AdaptiveScaling.between(1, 2);
        } else if (type == ClusterFactory.class) {
            return new EmbeddedCluster();
        } else if (type.isInterface()) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> null);
        }
        return objects.stream().filter(type::isInstance).findFirst().orElse(null);
    }
}
