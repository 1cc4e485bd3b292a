package io.github.ignitetasks.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.support.UserCode;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.MarshalledObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests lambdas in calls and records. The part that all lambdas of an expression share is written once. */
final class WrittenLambdaTest {
    @TempDir
    private Path folder;

    private interface Call extends Callable<@Nullable Object>, Serializable {}

    private interface Mapping extends Function<String, Object>, Serializable {}

    private record Greeting(String word) implements Serializable {
        Object greet(String name) {
            return word + " " + name;
        }

        static Object shout(String name) {
            return name + "!";
        }
    }

    /** A class that is denied when its lambda is read for the first time. */
    private static final class Denied {
        static Call call() {
            return () -> "denied";
        }
    }

    @Test
    void lambdasOfOneExpressionShareItsShape() throws IOException {
        ObjectWriter.Written one = ObjectWriter.writeCall(plus(1));
        ObjectWriter.Written other = ObjectWriter.writeCall(plus(2));

        assertThat(one.definitions()).hasSize(1).isEqualTo(other.definitions());
        assertThat(new String(one.bytes(), ISO_8859_1)).doesNotContain("WrittenLambdaTest", "lambda$");
    }

    @Test
    void lambdaIsReadWithWhatItCaptured() throws Exception {
        String text = "text";
        int number = 7;
        long large = 1L << 40;
        double fraction = 0.5;
        boolean truth = true;
        char letter = 'c';
        List<Integer> list = new ArrayList<>(List.of(1, 2));
        Integer nothing = null;
        Call call = () -> Arrays.asList(text, number, large, fraction, truth, letter, list, nothing);

        assertThat(readCall(call).call())
                .isEqualTo(Arrays.asList("text", 7, 1L << 40, 0.5, true, 'c', List.of(1, 2), null));
    }

    @Test
    void lambdasThatLambdasCapturedAreRead() throws Exception {
        Call inner = plus(1);
        Call middle = () -> List.of(inner.call(), inner.call());
        Call outer = () -> List.of(middle.call(), inner.call());

        assertThat(readCall(outer).call()).isEqualTo(List.of(List.of(2, 2), 2));
    }

    @Test
    void methodReferencesAreRead() throws Exception {
        Greeting greeting = new Greeting("hello");
        Mapping ofAnObject = greeting::greet;
        Mapping ofAClass = Greeting::shout;
        Mapping ofTheArgument = String::length;
        Mapping ofAConstructor = Greeting::new;
        List<Mapping> written = new ArrayList<>(List.of(ofAnObject, ofAClass, ofTheArgument, ofAConstructor));

        List<Mapping> read = readCall(written);

        assertThat(read.stream().map(mapping -> mapping.apply("world")))
                .containsExactly("hello world", "world!", 5, new Greeting("world"));
    }

    @Test
    void lambdaThatIsReachedTwiceIsReadAsOneObject() throws Exception {
        Call call = plus(1);

        List<Call> read = readCall(new ArrayList<>(List.of(call, call, plus(1))));

        assertThat(read.get(0)).isSameAs(read.get(1)).isNotSameAs(read.get(2));
    }

    @Test
    void lambdasOfTheJdkAreRead() throws Exception {
        Comparator<String> byLength = Comparator.comparing((Function<String, Integer> & Serializable) String::length);

        assertThat(readCall(byLength).compare("ccc", "bb")).isPositive();
    }

    @Test
    void futuresThatLambdasCapturedAreFoundAndReplaced() throws Exception {
        try (TaskSession session = SequentialTaskRunner.create().start()) {
            TaskFuture<Integer> one = session.submit("one", () -> 1);
            TaskFuture<Integer> two = session.submit("two", () -> 2);
            Call inner = one::key;
            Call outer = () -> two.key() + inner.call();
            ObjectWriter.Written written = ObjectWriter.writeCall(outer);

            assertThat(written.futures()).containsExactlyInAnyOrder(one, two);
            Call read = ObjectReader.readCall(
                    written.bytes(),
                    written.definitions(),
                    loader(),
                    reference -> reference.key().equals("one") ? two : one);
            assertThat(read.call()).isEqualTo("onetwo");
        }
    }

    @Test
    void recordWithLambdasIsReadWithoutAnythingElse() throws Exception {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(plus(i));
        }
        byte[] bytes = ObjectWriter.write(calls).bytes();

        List<Call> read = ObjectReader.read(bytes, loader());

        assertThat(new String(bytes, ISO_8859_1)).containsOnlyOnce("lambda$plus$");
        assertThat(read.get(2).call()).isEqualTo(3);
    }

    @Test
    void originOfALambdaIsTheLoaderOfItsClass() throws Exception {
        Callable<Object> call = compiled("origin", "1");

        assertThat(ObjectWriter.writeCall(call).origin().loader())
                .isEqualTo(call.getClass().getClassLoader());
    }

    @Test
    void lambdasOfTwoVersionsOfAClassAreReadSideBySide() throws Exception {
        Callable<Object> older = compiled("older", "\"old\"");
        Callable<Object> newer = compiled("newer", "\"new\"");
        ObjectWriter.Written ofOlder = ObjectWriter.writeCall(older);
        ObjectWriter.Written ofNewer = ObjectWriter.writeCall(newer);
        for (int i = 0; i < 3; i++) {
            assertThat(WrittenLambdaTest.<Callable<Object>>read(
                                    ofOlder, ofOlder.origin().loader())
                            .call())
                    .isEqualTo("old");
            assertThat(WrittenLambdaTest.<Callable<Object>>read(
                                    ofNewer, ofNewer.origin().loader())
                            .call())
                    .isEqualTo("new");
        }
    }

    @Test
    void lambdaThatAnotherVersionOfItsClassLacksIsRefusedSayingSo() throws Exception {
        ObjectWriter.Written written = ObjectWriter.writeCall(compiled("with", "1"));
        ClassLoader without = loaderOf("without", "other", "1");

        assertThatExceptionOfType(InvalidObjectException.class)
                .isThrownBy(() -> read(written, without))
                .withMessageContaining("class UserCode")
                .withMessageContaining("another version");
    }

    @Test
    void classOfALambdaThatTheLoaderLacksIsNamed() throws Exception {
        ObjectWriter.Written written = ObjectWriter.writeCall(compiled("elsewhere", "1"));

        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> read(written, loader()))
                .withMessage("UserCode");
    }

    @Test
    void lambdaOfAClassThatIsDeniedIsRefused() throws Exception {
        ObjectWriter.Written written = ObjectWriter.writeCall(Denied.call());

        assertRefused(written, Denied.class);
        assertThat(WrittenLambdaTest.<Call>read(written, loader()).call()).isEqualTo("denied");
    }

    @Test
    void lambdasAreRefusedWhereThoseOfTheJdkAreDenied() throws Exception {
        ObjectWriter.Written written = ObjectWriter.writeCall(plus(1));

        assertThat(WrittenLambdaTest.<Call>read(written, loader()).call()).isEqualTo(2);
        assertRefused(written, SerializedLambda.class);
    }

    @Test
    void whatALambdaCapturedIsRefusedIfItIsDenied() throws Exception {
        MarshalledObject<String> denied = new MarshalledObject<>("anything");
        Call call = () -> denied;

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> readCall(call))
                .withMessageContaining("refused to write class java.rmi.MarshalledObject");
    }

    @Test
    void lambdasThatCapturedEachOtherAreReadHoweverDeep() throws Exception {
        Call chain = plus(1);
        for (int i = 0; i < 500; i++) {
            Call next = chain;
            chain = () -> next.call();
        }
        Call head = chain;

        assertThat(DeepStack.readWhereItFits(() -> readCall(head)).call()).isEqualTo(2);
    }

    private static void assertRefused(ObjectWriter.Written written, Class<?> denied) {
        System.setProperty(DeniedClasses.PROPERTY, "!" + denied.getName());
        try {
            assertThatExceptionOfType(InvalidClassException.class)
                    .isThrownBy(() -> read(written, loader()))
                    .withMessageContaining("refused to read class " + denied.getName());
        } finally {
            System.clearProperty(DeniedClasses.PROPERTY);
        }
    }

    private static Call plus(int number) {
        return () -> number + 1;
    }

    private static ClassLoader loader() {
        return WrittenLambdaTest.class.getClassLoader();
    }

    private static <T> T readCall(T call) throws IOException, ClassNotFoundException {
        return read(ObjectWriter.writeCall(call), loader());
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the test knows the type of the object
    private static <T> T read(ObjectWriter.Written written, ClassLoader loader)
            throws IOException, ClassNotFoundException {
        return ObjectReader.readCall(written.bytes(), written.definitions(), loader, future -> future);
    }

    /** Returns a lambda with this expression, of a class that no other loader has. */
    @SuppressWarnings("unchecked") // the source of the class declares this type
    private Callable<Object> compiled(String version, String expression) throws Exception {
        return (Callable<Object>) loaderOf(version, "call", expression)
                .loadClass("UserCode")
                .getMethod("call")
                .invoke(null);
    }

    private ClassLoader loaderOf(String version, String method, String expression) throws IOException {
        Path output = Files.createDirectory(folder.resolve(version));
        String text = """
                import java.io.Serializable;
                import java.util.concurrent.Callable;

                public class UserCode {
                    public static Callable<Object> %s() {
                        return (Callable<Object> & Serializable) () -> %s;
                    }
                }
                """;
        assertThat(new UserCode(text.formatted(method, expression)).compile(output))
                .isEmpty();
        return new URLClassLoader(new URL[] {output.toUri().toURL()});
    }
}
