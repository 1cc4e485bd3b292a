package io.github.ignitetasks.internal.node;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * An opener of JDK packages in the running JVM, with the effect of {@code --add-opens}.
 *
 * <p>The JDK has no public method for this, because the owner of the JVM should decide. A user of Ignite has decided
 * already, since Ignite cannot start without these packages. So this class uses the same access as Ignite itself,
 * {@code sun.misc.Unsafe}. It reads the JDK's own {@link Lookup}, which may call every method. If this access is not
 * available, no package is opened. From Java 24 on, the JVM warns once about the first use of {@code Unsafe}. Without
 * this class, Ignite would cause that warning.
 */
final class JdkOpener {
    private static final String UNSAFE = "sun.misc.Unsafe"; // by name, because javac warns about each direct use

    private JdkOpener() {}

    /**
     * Opens packages to a module. If that module is unnamed, the packages are opened to all unnamed modules.
     *
     * @throws ReflectiveOperationException if this JVM lacks a part of this access, or refuses it
     */
    static void open(List<JdkPackage> packages, Module to) throws ReflectiveOperationException {
        MethodHandle open = opening(to);
        for (JdkPackage each : packages) {
            open(open, each);
        }
    }

    /** Returns a method handle that takes a module of the JDK and the name of one of its packages. */
    private static MethodHandle opening(Module to) throws ReflectiveOperationException {
        Lookup lookup = trustedLookup();
        if (!to.isNamed()) {
            MethodType type = MethodType.methodType(void.class, String.class);
            return lookup.findVirtual(Module.class, "implAddOpensToAllUnnamed", type);
        }
        MethodType type = MethodType.methodType(void.class, String.class, Module.class);
        return MethodHandles.insertArguments(lookup.findVirtual(Module.class, "implAddOpens", type), 2, to);
    }

    private static Lookup trustedLookup() throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName(UNSAFE);
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        Object access = instance.get(null);
        Field lookup = Lookup.class.getDeclaredField("IMPL_LOOKUP");
        Object base = unsafe.getMethod("staticFieldBase", Field.class).invoke(access, lookup);
        Object offset = unsafe.getMethod("staticFieldOffset", Field.class).invoke(access, lookup);
        return (Lookup) unsafe.getMethod("getObject", Object.class, long.class).invoke(access, base, offset);
    }

    private static void open(MethodHandle open, JdkPackage each) throws ReflectiveOperationException {
        Module owner = each.owner().orElseThrow(() -> new ClassNotFoundException("no module " + each.module()));
        try {
            open.invokeExact(owner, each.name());
        } catch (Throwable e) { // a method handle declares Throwable
            throw new InvocationTargetException(e, "cannot open " + each.module() + "/" + each.name());
        }
    }
}
