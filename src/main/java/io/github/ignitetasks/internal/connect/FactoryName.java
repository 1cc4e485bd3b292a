package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.cluster.ClusterFactory;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** The cluster factory of a runner, given as an instance or as the name of its class. */
public sealed interface FactoryName extends Serializable {

    ClusterFactory get();

    /** A factory that is given as an instance. */
    record ByInstance(ClusterFactory factory) implements FactoryName {
        @Override
        public ClusterFactory get() {
            return factory;
        }
    }

    /** A factory that is given as the name of its class. It is instantiated when a session starts. */
    record ByClass(String className) implements FactoryName {
        public ByClass {
            get(className);
        }

        @Override
        public ClusterFactory get() {
            return get(className);
        }

        private static ClusterFactory get(String className) {
            Class<?> type = load(className);
            if (!ClusterFactory.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException("clusterFactory " + className
                        + " is not a factory: it must implement " + ClusterFactory.class.getName());
            }
            try {
                if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
                    throw new NoSuchMethodException(className);
                }
                return (ClusterFactory) type.getConstructor().newInstance();
            } catch (NoSuchMethodException e) {
                throw new IllegalArgumentException(
                        "clusterFactory " + className + " cannot be made: it must be a public"
                                + " class with a public constructor without parameters",
                        e);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException(
                        "clusterFactory " + className + " cannot be made: its constructor threw " + e.getCause(), e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("clusterFactory " + className + " cannot be made: " + e, e);
            }
        }

        private static Class<?> load(String className) {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            try {
                return Class.forName(className, true, loader == null ? FactoryName.class.getClassLoader() : loader);
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(
                        "clusterFactory " + className
                                + " is missing: there is no such class on the class path; check the name and the dependency",
                        e);
            }
        }
    }
}
