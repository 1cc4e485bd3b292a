package io.github.ignitetasks.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the opener on packages that neither Ignite nor another test needs. */
final class JdkOpenerTest {
    private static final Module BASE = Object.class.getModule();
    private static final Module NAMED = java.sql.Connection.class.getModule();

    @Test
    void packageOpensToAllUnnamedModules() throws ReflectiveOperationException {
        String closed = "sun.util.resources";
        Module other = new ClassLoader() {}.getUnnamedModule();
        assertThat(BASE.isOpen(closed, other)).isFalse();

        JdkOpener.open(List.of(new JdkPackage("java.base", closed)), JdkOpenerTest.class.getModule());

        assertThat(BASE.isOpen(closed, other)).isTrue();
        assertThat(BASE.isOpen(closed, NAMED)).isFalse();
    }

    @Test
    void packageOpensToANamedModuleAlone() throws ReflectiveOperationException {
        String closed = "sun.util.locale";
        assertThat(BASE.isOpen(closed, NAMED)).isFalse();

        JdkOpener.open(List.of(new JdkPackage("java.base", closed)), NAMED);

        assertThat(BASE.isOpen(closed, NAMED)).isTrue();
        assertThat(BASE.isOpen(closed, JdkOpenerTest.class.getModule())).isFalse();
    }

    @Test
    void packageThatThereIsNotIsNamed() {
        List<JdkPackage> missing = List.of(new JdkPackage("java.base", "no.such"));

        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> JdkOpener.open(missing, JdkOpenerTest.class.getModule()))
                .withMessage("cannot open java.base/no.such")
                .withCauseInstanceOf(IllegalArgumentException.class);
    }
}
