package io.github.ignitetasks.internal.codec;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The common part of all objects of one lambda expression or method reference: a {@link SerializedLambda} without the
 * captured arguments.
 */
record LambdaShape(
        Class<?> capturingClass,
        String functionalInterfaceClass,
        String functionalInterfaceMethodName,
        String functionalInterfaceMethodSignature,
        int implMethodKind,
        String implClass,
        String implMethodName,
        String implMethodSignature,
        String instantiatedMethodType)
        implements Serializable {

    /** The one component that has no accessor. Empty in a JVM that is not open to that, as those of grid nodes are. */
    private static final Optional<Field> CAPTURING_CLASS = capturingClassField();

    /** The method that a compiler adds to a class to make those of its lambdas that were written. */
    private static final ClassValue<Optional<Method>> FACTORIES = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            try {
                Method factory = type.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
                return factory.trySetAccessible() ? Optional.of(factory) : Optional.empty();
            } catch (NoSuchMethodException e) {
                return Optional.empty();
            }
        }
    };

    private static Optional<Field> capturingClassField() {
        try {
            Field field = SerializedLambda.class.getDeclaredField("capturingClass");
            return field.trySetAccessible() ? Optional.of(field) : Optional.empty();
        } catch (NoSuchFieldException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the shape of a lambda. Empty if only the JDK itself can make the lambda again, because its class is in a
     * named module, which may be closed to us where it is read; or if the class is not to be had.
     */
    static Optional<LambdaShape> of(SerializedLambda lambda) {
        return CAPTURING_CLASS
                .map(field -> capturingClass(field, lambda))
                .filter(type -> !type.getModule().isNamed())
                .map(type -> new LambdaShape(
                        type,
                        lambda.getFunctionalInterfaceClass(),
                        lambda.getFunctionalInterfaceMethodName(),
                        lambda.getFunctionalInterfaceMethodSignature(),
                        lambda.getImplMethodKind(),
                        lambda.getImplClass(),
                        lambda.getImplMethodName(),
                        lambda.getImplMethodSignature(),
                        lambda.getInstantiatedMethodType()));
    }

    private static Class<?> capturingClass(Field field, SerializedLambda lambda) {
        try {
            return (Class<?>) field.get(lambda);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field was made accessible", e);
        }
    }

    /** Makes a lambda of this shape, as the JDK does: by the method of the capturing class, which checks the shape. */
    Object lambda(Object[] arguments) throws InvalidObjectException {
        Method factory = FACTORIES
                .get(capturingClass)
                .orElseThrow(
                        () -> new InvalidObjectException(capturingClass + " makes no lambdas that can be read here"));
        try {
            return factory.invoke(
                    null,
                    new SerializedLambda(
                            capturingClass,
                            functionalInterfaceClass,
                            functionalInterfaceMethodName,
                            functionalInterfaceMethodSignature,
                            implMethodKind,
                            implClass,
                            implMethodName,
                            implMethodSignature,
                            instantiatedMethodType,
                            arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error; // such as that a class is missing which the lambda takes
            }
            throw unknown(e);
        } catch (IllegalAccessException e) {
            throw unknown(e);
        }
    }

    /** One number a method is enough: few lambdas of a class have a body in common. */
    @Override
    public int hashCode() {
        return implMethodName.hashCode();
    }

    /** As it is asked for each call that is written, it begins with what tells most shapes apart. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LambdaShape that
                && implMethodName.equals(that.implMethodName)
                && capturingClass == that.capturingClass
                && implMethodKind == that.implMethodKind
                && implClass.equals(that.implClass)
                && implMethodSignature.equals(that.implMethodSignature)
                && functionalInterfaceClass.equals(that.functionalInterfaceClass)
                && functionalInterfaceMethodName.equals(that.functionalInterfaceMethodName)
                && functionalInterfaceMethodSignature.equals(that.functionalInterfaceMethodSignature)
                && instantiatedMethodType.equals(that.instantiatedMethodType);
    }

    private InvalidObjectException unknown(Exception cause) {
        InvalidObjectException unknown = new InvalidObjectException("the lambda " + implMethodName + " is unknown to "
                + capturingClass + " here, which is another version than the one that wrote it");
        unknown.initCause(cause);
        return unknown;
    }
}
