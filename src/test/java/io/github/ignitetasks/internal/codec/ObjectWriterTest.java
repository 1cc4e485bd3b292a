package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.support.UserCode;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectWriterTest {
    private final TaskSession session = SequentialTaskRunner.create().start();
    private final TaskFuture<Integer> one = session.submit("one", () -> 1);
    private final TaskFuture<Integer> two = session.submit("two", () -> 2);

    private record Pair(Object left, @Nullable Object right) implements Serializable {}

    private interface Call extends Supplier<@Nullable Object>, Serializable {}

    /** A link of a chain, which the JDK's serialization follows by recursion. */
    @SuppressWarnings("UnusedVariable") // serialization uses the field
    private static final class Link implements Serializable {
        private static final long serialVersionUID = 1L;
        private final @Nullable Link next;

        Link(@Nullable Link next) {
            this.next = next;
        }
    }

    /** An object that throws an unchecked exception while it is written. */
    private static final class Moody implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("not now");
        }
    }

    /** An object that is written as the bytes of another object. */
    private record Nested(Object inner) implements Serializable {
        private Object writeReplace() throws IOException {
            return ObjectWriter.write(inner).bytes();
        }
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void futuresAreFoundEachOnceInTheOrderInWhichTheyAreMet() throws IOException {
        List<TaskFuture<?>> futures = ObjectWriter.write(
                        new ArrayList<>(List.of(new Pair(two, one), Map.of("again", two))))
                .futures();

        assertThat(futures).containsExactly(two, one);
    }

    @Test
    void futuresOfTwoSessionsUnderOneKeyAreBothFound() throws IOException {
        try (TaskSession other = SequentialTaskRunner.create().start()) {
            TaskFuture<Integer> otherOne = other.submit("one", () -> 1);

            assertThat(ObjectWriter.write(new Pair(one, otherOne)).futures()).containsExactly(one, otherOne);
        }
    }

    @Test
    void futuresOfManyAsOneAreFound() throws IOException {
        assertThat(ObjectWriter.write(TaskFuture.all(List.of(one, two))).futures())
                .containsExactly(one, two);
    }

    @Test
    void objectWithoutFuturesHasNone() throws IOException {
        assertThat(ObjectWriter.write("text").futures()).isEmpty();
    }

    @Test
    void referencesAreReplacedWhenTheyAreRead() throws Exception {
        Pair read = readCall(
                new Pair(one, List.of(two)), reference -> reference.key().equals("one") ? two : one);

        assertThat(read).isEqualTo(new Pair(two, List.of(one)));
    }

    @Test
    void referencesStayWhereNothingReplacesThem() throws Exception {
        TaskFuture<Integer> read = ObjectReader.read(ObjectWriter.write(one).bytes(), loader());

        assertThat(read.key()).isEqualTo("one");
        assertThat(read).hasToString("reference to one");
    }

    @Test
    void referenceThatStayedRefusesToBeUsed() throws Exception {
        TaskFuture<Integer> read = ObjectReader.read(ObjectWriter.write(one).bytes(), loader());

        List<Supplier<@Nullable Object>> uses =
                List.of(read::result, read::state, read::cancel, () -> read.await(Duration.ZERO));
        uses.forEach(use -> assertThatIllegalStateException()
                .isThrownBy(use::get)
                .withMessageContaining("'one'")
                .withMessageContaining("let the call capture the future itself"));
        assertThatIllegalStateException().isThrownBy(() -> read.whenDone(State::name));
    }

    @Test
    void lambdaIsReadAsOneThatReachesWhatItCaptured() throws Exception {
        TaskFuture<Integer> captured = one;
        Call call = () -> captured.key();

        Call read = readCall(call, reference -> two);

        assertThat(read.get()).isEqualTo("two");
    }

    @Test
    void writtenObjectIsACopy() throws Exception {
        List<String> list = new ArrayList<>(List.of("before"));
        byte[] bytes = ObjectWriter.write(list).bytes();
        list.add("after");

        List<String> read = ObjectReader.read(bytes, loader());

        assertThat(read).containsExactly("before");
    }

    @Test
    void nothingOfAnObjectIsLeftInTheNext() throws IOException {
        Pair pair = new Pair("left", "right");
        ObjectWriter.Written first = ObjectWriter.writeCall(pair);
        ObjectWriter.Written withFutures = ObjectWriter.writeCall(List.of(new Pair(one, two)));
        ObjectWriter.Written next = ObjectWriter.writeCall(pair);

        assertThat(withFutures.futures()).isNotEmpty();
        assertThat(next.futures()).isEmpty();
        assertThat(next.definitions()).isEqualTo(first.definitions());
        assertThat(next.bytes()).isEqualTo(first.bytes());
    }

    @Test
    void objectAfterOneThatWasRefusedIsWritten() throws Exception {
        Pair pair = new Pair("left", "right");
        assertThatExceptionOfType(NotSerializableException.class)
                .isThrownBy(() -> ObjectWriter.write(new Pair(pair, new Object())));

        Pair read = ObjectReader.read(ObjectWriter.write(pair).bytes(), loader());

        assertThat(read).isEqualTo(pair);
    }

    @Test
    void objectThatIsWrittenWhileAnotherIsWrittenIsWrittenAlone() throws Exception {
        Pair inner = new Pair("inner", null);

        Pair read = ObjectReader.read(
                ObjectWriter.write(new Pair(new Nested(inner), inner)).bytes(), loader());

        assertThat(ObjectReader.<Pair>read((byte[]) read.left(), loader())).isEqualTo(inner);
        assertThat(read.right()).isEqualTo(inner);
    }

    @Test
    void nullIsWrittenAndRead() throws Exception {
        Pair read = ObjectReader.read(ObjectWriter.write(new Pair("left", null)).bytes(), loader());

        assertThat(read.right()).isNull();
    }

    @Test
    void objectThatIsNotSerializableIsRefused() {
        assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> ObjectWriter.write(new Object()));
    }

    @Test
    void chainThatIsTooLongForTheStackIsRefusedAsAnIoError() {
        Link chain = new Link(null);
        for (int i = 0; i < 200_000; i++) {
            chain = new Link(chain);
        }
        Link head = chain;

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ObjectWriter.write(head))
                .withMessageContaining("too deep to be written; system property ignitetasks.maxDepth, which is 20000");
    }

    @Test
    void objectThatThrowsWhileItIsWrittenIsRefusedAsAnIoError() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ObjectWriter.write(new Moody()))
                .withMessageContaining("not now")
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void classThatTheLoaderLacksIsNamed() throws IOException {
        byte[] bytes = ObjectWriter.write(new Absent()).bytes();
        String name = Absent.class.getName();
        String other = name.substring(0, name.length() - 1) + "x";
        byte[] renamed = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(name, other)
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> ObjectReader.read(renamed, loader()))
                .withMessageContaining(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public interface UserCode {}", "interface UserCode {}"})
    void proxyOfAnInterfaceThatOneLoaderAloneKnowsIsReadWithThatLoader(String code, @TempDir Path output)
            throws Exception {
        assertThat(new UserCode(code).compile(output)).isEmpty();
        try (URLClassLoader only = new URLClassLoader(new URL[] {output.toUri().toURL()})) {
            Class<?> type = only.loadClass("UserCode");
            Object proxy = Proxy.newProxyInstance(only, new Class<?>[] {type}, new Answering("of the handler"));

            ObjectWriter.Written written = ObjectWriter.write(proxy);
            Object read = ObjectReader.read(written.bytes(), only);

            assertThat(read).isInstanceOf(type).hasToString("of the handler");
            assertThat(written.origin().loader()).isEqualTo(only);
        }
    }

    @Test
    void proxyOfAnInterfaceThatTheLoaderLacksIsRefusedNamingIt(@TempDir Path output) throws Exception {
        assertThat(new UserCode("public interface UserCode {}").compile(output)).isEmpty();
        try (URLClassLoader other = new URLClassLoader(new URL[] {output.toUri().toURL()})) {
            Object proxy =
                    Proxy.newProxyInstance(other, new Class<?>[] {other.loadClass("UserCode")}, new Answering("never"));
            byte[] bytes = ObjectWriter.write(proxy).bytes();

            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> ObjectReader.read(bytes, loader()))
                    .withMessageContaining("UserCode");
        }
    }

    @Test
    void primitiveTypesAreRead() throws Exception {
        Class<?> read = ObjectReader.read(ObjectWriter.write(int.class).bytes(), loader());

        assertThat(read).isEqualTo(int.class);
    }

    @Test
    void bytesThatAreNoObjectAreRefused() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ObjectReader.read(new byte[] {1, 2}, loader()));
    }

    @Test
    void objectThatThrowsWhileItIsReadIsRefusedWithItsReason() throws IOException {
        byte[] bytes = ObjectWriter.write(new Stale()).bytes();

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, loader()))
                .withMessageContaining("stale");
    }

    private static <T> T readCall(T call, Function<FutureReference<?>, TaskFuture<?>> futures)
            throws IOException, ClassNotFoundException {
        ObjectWriter.Written written = ObjectWriter.writeCall(call);
        return ObjectReader.readCall(written.bytes(), written.definitions(), loader(), futures);
    }

    private static ClassLoader loader() {
        return ObjectWriterTest.class.getClassLoader();
    }

    /** A handler that answers every method of a proxy with a text. */
    private record Answering(String text) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            return text;
        }
    }

    /** A class whose name the test changes in its bytes. */
    private static final class Absent implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** An object that throws while it is read. */
    private static final class Stale implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws InvalidClassException {
            throw new InvalidClassException("stale");
        }
    }
}
