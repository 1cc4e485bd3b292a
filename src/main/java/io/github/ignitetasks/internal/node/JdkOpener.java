package io.github.ignitetasks.internal.node;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * Opens packages of the JDK from within the running JVM, as {@code --add-opens} does from its command.
 *
 * <p>No public method of the JDK does that, as the JVM's owner should decide. Whoever runs Ignite has decided: Ignite
 * cannot start without. So this takes the way by which Ignite itself gets at the JDK, {@code sun.misc.Unsafe}: it reads
 * the JDK's own {@link Lookup}, which may call everything. Where that way is closed, nothing is opened. From Java 24 on,
 * the JVM warns once of the first use of {@code Unsafe}, which without this class is Ignite's.
 */
final class JdkOpener {
    private static final String UNSAFE = "sun.misc.Unsafe"; // by name, as javac warns of each use that it sees

    private JdkOpener() {}

    /**
     * Opens packages to a module, or to all unnamed modules if that one is unnamed.
     *
     * @throws ReflectiveOperationException if this JVM lacks something of the way, or refuses it
     */
    static void open(List<JdkPackage> packages, Module to) throws ReflectiveOperationException {
        MethodHandle open = opening(to);
        for (JdkPackage each : packages) {
            open(open, each);
        }
    }

    /** Returns what takes a module of the JDK and the name of a package of it. */
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
        } catch (Throwable e) { // which a method handle declares
            throw new InvocationTargetException(e, "cannot open " + each.module() + "/" + each.name());
        }
    }
}
