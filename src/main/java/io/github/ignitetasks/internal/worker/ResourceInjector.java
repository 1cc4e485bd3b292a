package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.compat.NodeInternals;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.lang.IgniteClosure;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.apache.ignite.resources.LoggerResource;
import org.apache.ignite.resources.ServiceResource;
import org.apache.ignite.resources.SpringApplicationContextResource;
import org.apache.ignite.resources.SpringResource;
import org.jspecify.annotations.Nullable;

/**
 * The injector of a node's resources into calls, by Ignite's annotations, as Ignite does for jobs. It covers the call,
 * and the functions, anonymous classes and objects around inner classes in it. Safe to share between threads.
 */
final class ResourceInjector {
    /** The needs of each class; found once, because most classes need nothing. */
    private static final ClassValue<Needs> NEEDS = new ClassValue<>() {
        @Override
        protected Needs computeValue(Class<?> type) {
            return Needs.of(type);
        }
    };

    private final NodeInternals internals;
    private final String node;

    /** Makes the injector of a node of that name. */
    ResourceInjector(Ignite ignite, String node) {
        this.internals = NodeInternals.of(ignite);
        this.node = node;
    }

    /**
     * Injects the resources that a call asks for.
     *
     * @throws IllegalStateException if the node does not have one; the message says what is missing
     */
    void inject(Object call) {
        Needs needs = NEEDS.get(call.getClass());
        if (!needs.isEmpty()) {
            inject(call, needs, Collections.newSetFromMap(new IdentityHashMap<>()));
        }
    }

    private void inject(Object target, Needs needs, Set<Object> seen) {
        if (!seen.add(target)) {
            return;
        }
        if (needs.resources()) {
            injectInto(target, needs);
        }
        for (Field field : needs.inside()) {
            Object inside = get(field, target);
            if (inside != null) {
                inject(inside, NEEDS.get(inside.getClass()), seen);
            }
        }
    }

    private void injectInto(Object target, Needs needs) {
        if (needs.ofSpring() != null && !hasSpring()) {
            throw new IllegalStateException("node " + node + " has no Spring context, which " + needs.ofSpring()
                    + " of "
                    + target.getClass().getName() + " asks for; start the node's Ignite as an IgniteSpringBean or by"
                    + " IgniteSpring.start");
        }
        try {
            internals.inject(target);
        } catch (IgniteCheckedException | RuntimeException e) {
            throw new IllegalStateException(
                    "node " + node + " cannot inject the resources that "
                            + target.getClass().getName() + " asks for: " + e.getMessage(),
                    e);
        }
    }

    private boolean hasSpring() {
        Probe probe = new Probe();
        try {
            internals.inject(probe);
        } catch (IgniteCheckedException e) {
            throw new IllegalStateException("the probe takes any context", e);
        }
        return probe.context != null;
    }

    private static @Nullable Object get(Field field, Object target) {
        try {
            return field.get(target);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field was made accessible", e);
        }
    }

    /** A target for the Spring context, because Ignite shows in no other way whether the node has one. */
    private static final class Probe {
        @SpringApplicationContextResource
        private transient @Nullable Object context;
    }

    /**
     * The resources that objects of a class ask for.
     *
     * @param resources whether they ask for any resource
     * @param ofSpring a member that requires a Spring context, if there is one
     * @param inside fields whose objects may ask for resources too
     */
    private record Needs(boolean resources, @Nullable String ofSpring, List<Field> inside) {
        private static final List<Class<? extends Annotation>> RESOURCES = List.of(
                IgniteInstanceResource.class,
                LoggerResource.class,
                ServiceResource.class,
                SpringResource.class,
                SpringApplicationContextResource.class);

        static Needs of(Class<?> type) {
            boolean resources = false;
            String ofSpring = null;
            List<Field> inside = new ArrayList<>();
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                List<AnnotatedElement> members = Stream.<AnnotatedElement>concat(
                                Stream.of(each.getDeclaredFields()), Stream.of(each.getDeclaredMethods()))
                        .filter(member -> RESOURCES.stream().anyMatch(member::isAnnotationPresent))
                        .toList();
                resources |= !members.isEmpty();
                for (AnnotatedElement member : members) {
                    ofSpring = isOfSpring(member) ? member.toString() : ofSpring;
                }
                Stream.of(each.getDeclaredFields())
                        .filter(Needs::mayHoldOne)
                        .filter(Field::trySetAccessible)
                        .forEach(inside::add);
            }
            return new Needs(resources, ofSpring, List.copyOf(inside));
        }

        boolean isEmpty() {
            return !resources && inside.isEmpty();
        }

        private static boolean isOfSpring(AnnotatedElement member) {
            SpringResource bean = member.getAnnotation(SpringResource.class);
            return bean == null ? member.isAnnotationPresent(SpringApplicationContextResource.class) : bean.required();
        }

        /**
         * Returns whether Ignite would look into the field, or it holds a function of this library, such as a task's
         * body.
         */
        private static boolean mayHoldOne(Field field) {
            Class<?> type = field.getType();
            return !Modifier.isStatic(field.getModifiers())
                    && !type.isPrimitive()
                    && field.getAnnotations().length == 0
                    && (field.getName().startsWith("this$")
                            || field.getName().startsWith("val$")
                            || Callable.class.isAssignableFrom(type)
                            || Runnable.class.isAssignableFrom(type)
                            || IgniteClosure.class.isAssignableFrom(type)
                            || isFunctionOfOurs(type));
        }

        private static boolean isFunctionOfOurs(Class<?> type) {
            return type.isAnnotationPresent(FunctionalInterface.class)
                    && type.getPackageName().startsWith(TaskCall.class.getPackageName());
        }
    }
}
