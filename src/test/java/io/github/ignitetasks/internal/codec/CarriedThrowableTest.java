package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.ignitetasks.NotCarriedException;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.rmi.RemoteException;
import java.sql.SQLException;
import java.util.List;
import javax.management.BadAttributeValueExpException;
import org.junit.jupiter.api.Test;

/** Tests that no cause of an exception is lost silently. */
@SuppressWarnings("NullAway") // a missing cause fails the test
final class CarriedThrowableTest {
    private static final ClassLoader LOADER = CarriedThrowableTest.class.getClassLoader();

    @Test
    void causesAndSuppressedExceptionsArrive() throws Exception {
        IllegalStateException thrown =
                new IllegalStateException("not sent", new RemoteException("no route", new IOException("down")));
        thrown.addSuppressed(new UncheckedIOException("not closed", new IOException("busy")));

        Throwable read = carried(thrown);

        assertThat(read).isInstanceOf(IllegalStateException.class).hasMessage("not sent");
        assertThat(read.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(read.getCause()).isInstanceOf(RemoteException.class).hasMessageContaining("no route");
        assertThat(read.getCause().getCause()).isInstanceOf(IOException.class).hasMessage("down");
        assertThat(read.getSuppressed()).hasSize(1);
        assertThat(read.getSuppressed()[0])
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("busy");
    }

    @Test
    void causeThatCannotBeWrittenIsItsTextAndKeepsItsOwnCause() throws Exception {
        Exception unwritable = new Holding("held", new Object(), new IOException("below"));

        Throwable read = carried(new IllegalStateException("outer", unwritable));

        assertThat(read).isInstanceOf(IllegalStateException.class).hasMessage("outer");
        Throwable cause = read.getCause();
        assertThat(cause)
                .isInstanceOf(NotCarriedException.class)
                .hasMessageStartingWith(Holding.class.getName() + ": held (this exception is here as text alone: it"
                        + " cannot be written (")
                .hasMessageContaining("java.lang.Object is not serializable")
                .hasCauseInstanceOf(IOException.class);
        assertThat(cause.getStackTrace()).isEqualTo(unwritable.getStackTrace());
        assertThat(((NotCarriedException) cause).failure().type()).isEqualTo(Holding.class.getName());
    }

    @Test
    void causeThatCannotBeReadIsItsTextAndCostsTheOthersNothing() throws Exception {
        Throwable read = carried(new IllegalStateException("outer", new Unreadable("secret")));

        assertThat(read).isInstanceOf(IllegalStateException.class).hasMessage("outer");
        assertThat(read.getCause())
                .isInstanceOf(NotCarriedException.class)
                .hasMessage(Unreadable.class.getName()
                        + ": secret (this exception is here as text alone: it cannot be read here"
                        + " (java.io.IOException: reading it threw java.lang.IllegalStateException: not here))");
    }

    @Test
    void causeThatIsDeniedIsItsText() throws Exception {
        Throwable read = carried(new IllegalStateException("outer", new BadAttributeValueExpException("value")));

        assertThat(read.getCause())
                .isInstanceOf(NotCarriedException.class)
                .hasMessageContaining("class javax.management.BadAttributeValueExpException, which is denied");
    }

    @Test
    void exceptionInAFieldOfItsOwnTypeArrives() throws Exception {
        SQLException thrown = new SQLException("first");
        thrown.setNextException(new SQLException("second"));

        assertThat(((SQLException) carried(thrown)).getNextException().getMessage())
                .isEqualTo("second");
        assertThat(((Several) carried(new Several(List.of(new IOException("one"), new RemoteException("two"))))).all)
                .hasSize(2)
                .hasOnlyElementsOfTypes(IOException.class);
    }

    @Test
    void longChainsAndCirclesArrive() throws Exception {
        Exception chain = new IOException("last");
        for (int i = 0; i < 1_000; i++) {
            chain = new IllegalStateException("link " + i, chain);
        }
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second", first);
        first.initCause(second);
        Exception doubled = new IOException("bottom");
        for (int i = 0; i < 60; i++) {
            Exception next = new IllegalStateException("level " + i, doubled);
            next.addSuppressed(doubled);
            doubled = next;
        }

        assertThat(carried(chain)).hasRootCauseMessage("last");
        assertThat(carried(first).getCause().getCause()).hasMessage("first");
        assertThat(carried(doubled).getSuppressed()[0]).hasMessage("level 58");
    }

    @Test
    void exceptionThatCannotBeWrittenItselfIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> ObjectWriter.writeThrowable(new Holding("held", new Object(), null)))
                .withMessageContaining("java.lang.Object is not serializable");
        assertThatIOException()
                .isThrownBy(() -> ObjectWriter.writeThrowable(new BadAttributeValueExpException("value")))
                .isInstanceOf(InvalidClassException.class);
    }

    private static Throwable carried(Throwable throwable) throws Exception {
        return ObjectReader.read(ObjectWriter.writeThrowable(throwable).bytes(), LOADER);
    }

    @SuppressWarnings("UnusedVariable") // serialization uses the field
    private static final class Holding extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Object held;

        Holding(String message, Object held, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
            this.held = held;
        }
    }

    private static final class Unreadable extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }

        @Serial
        private void readObject(ObjectInputStream in) {
            throw new IllegalStateException("not here");
        }
    }

    private static final class Several extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final List<Exception> all;

        Several(List<Exception> all) {
            this.all = all;
        }
    }
}
