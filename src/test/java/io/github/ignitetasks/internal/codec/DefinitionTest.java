package io.github.ignitetasks.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.support.UserCode;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests definitions, which describe the classes of calls and are written once for many calls. */
final class DefinitionTest {
    @TempDir
    private Path folder;

    private record Point(int x, int y) implements Serializable {}

    private record Line(Point from, Point to) implements Serializable {}

    private static class Shape implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String name = "shape";
    }

    private static final class Circle extends Shape {
        private static final long serialVersionUID = 1L;
        private final int radius;

        Circle(int radius) {
            this.radius = radius;
        }
    }

    @Test
    void callsOfOneClassShareItsDefinition() throws IOException {
        ObjectWriter.Written one = ObjectWriter.writeCall(new Point(1, 2));
        ObjectWriter.Written other = ObjectWriter.writeCall(new Point(3, 4));

        assertThat(one.definitions()).hasSize(1).isEqualTo(other.definitions());
        assertThat(text(one.definitions().get(0).bytes())).contains(Point.class.getName());
        assertThat(text(one.bytes())).doesNotContain("Point");
    }

    @Test
    void callIsReadWithItsDefinitions() throws Exception {
        Line line = new Line(new Point(1, 2), new Point(3, 4));

        assertThat(readCall(ObjectWriter.writeCall(line), loader())).isEqualTo(line);
    }

    @Test
    void superclassesEnumsArraysAndClassesAreReadWithTheirDefinitions() throws Exception {
        Object[] written = {new Circle(7), DayOfWeek.MONDAY, new Point[] {new Point(1, 2)}, Point.class, long.class};

        Object[] read = (Object[]) readCall(ObjectWriter.writeCall(written), loader());

        assertThat(((Circle) read[0]).radius).isEqualTo(7);
        assertThat(((Shape) read[0]).name).isEqualTo("shape");
        assertThat(read).containsSubsequence(DayOfWeek.MONDAY, written[2], Point.class, long.class);
    }

    @Test
    void definitionsThatWereCarriedElsewhereAreEqualToTheirOriginals() throws IOException {
        Definition original =
                ObjectWriter.writeCall(new Point(1, 2)).definitions().get(0);
        Definition other = ObjectWriter.writeCall(new Line(new Point(1, 2), new Point(3, 4)))
                .definitions()
                .get(0);

        assertThat(new Definition(original.bytes().clone())).isEqualTo(original).hasSameHashCodeAs(original);
        assertThat(other).isNotEqualTo(original);
    }

    @Test
    void recordIsReadWithoutAnythingElse() throws Exception {
        List<Point> points = new ArrayList<>(List.of(new Point(1, 2), new Point(3, 4)));
        ObjectWriter.Written written = ObjectWriter.write(points);

        assertThat(written.definitions()).isEmpty();
        assertThat(text(written.bytes())).containsOnlyOnce(Point.class.getName());
        assertThat(ObjectReader.<Object>read(written.bytes(), loader())).isEqualTo(points);
    }

    @Test
    void versionsOfAClassAreReadSideBySide() throws Exception {
        Class<?> older = compiled("older", "");
        Class<?> newer = compiled("newer", "public int added = 1;");
        for (int i = 0; i < 3; i++) {
            ObjectWriter.Written ofOlder = ObjectWriter.writeCall(instance(older));
            ObjectWriter.Written ofNewer = ObjectWriter.writeCall(instance(newer));

            assertThat(readCall(ofOlder, older.getClassLoader())).isInstanceOf(older);
            assertThat(readCall(ofNewer, newer.getClassLoader())).isInstanceOf(newer);
        }
    }

    @Test
    void objectOfAnOlderVersionIsReadAsTheRulesOfSerializationSay() throws Exception {
        Class<?> older = compiled("before", "public int kept = 1;");
        Class<?> newer = compiled("after", "public int kept = 2; public int added = 3;");

        Object read = readCall(ObjectWriter.writeCall(instance(older)), newer.getClassLoader());

        assertThat(newer.getField("kept").get(read)).isEqualTo(1);
        assertThat(newer.getField("added").get(read)).isEqualTo(0);
    }

    @Test
    void objectOfAnIncompatibleVersionIsRefusedAsTheRulesOfSerializationSay() throws Exception {
        ObjectWriter.Written written = ObjectWriter.writeCall(instance(compiled("one", 1, "")));
        ClassLoader loader = compiled("two", 2, "").getClassLoader();

        assertThatExceptionOfType(InvalidClassException.class)
                .isThrownBy(() -> readCall(written, loader))
                .withMessageContaining("UserCode; local class incompatible");
    }

    @Test
    void classThatTheLoaderLacksIsNamed() throws Exception {
        ObjectWriter.Written written = ObjectWriter.writeCall(instance(compiled("somewhere", "")));

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> readCall(written, loader()))
                    .withMessage("UserCode");
        }
    }

    @Test
    void callWithoutItsDefinitionsIsRefusedSayingWhichIsMissing() throws IOException {
        ObjectWriter.Written written = ObjectWriter.writeCall(new Point(1, 2));

        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> ObjectReader.readCall(written.bytes(), List.of(), loader(), future -> future))
                .withMessageContaining("definition 0 is missing");
    }

    @Test
    void callWithTheDefinitionOfSomethingElseIsRefused() throws IOException {
        ObjectWriter.Written written = ObjectWriter.writeCall(new Point(1, 2));
        List<Definition> others = List.of(new Definition(ObjectWriter.writeDefined("text")));

        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> ObjectReader.readCall(written.bytes(), others, loader(), future -> future))
                .withMessageContaining("java.io.ObjectStreamClass is one of text");
    }

    @Test
    void definitionThatRefersToAnotherIsRefused() throws IOException {
        ObjectWriter.Written written = ObjectWriter.writeCall(new Point(1, 2));
        List<Definition> circle = List.of(new Definition(written.bytes()));

        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> ObjectReader.readCall(written.bytes(), circle, loader(), future -> future))
                .withMessageContaining("a definition refers to another");
    }

    @Test
    void definitionThatIsLargerThanTheBytesIsRefused() throws IOException {
        byte[] bytes = ObjectWriter.write(new Point(1, 2)).bytes();
        bytes[4] = 0x7F; // the first byte of the definition's length

        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, loader()))
                .withMessageContaining("bytes in " + bytes.length);
    }

    @Test
    void definitionThatBeginsLikeNoneIsRefusedAsOneOfANewerVersion() throws IOException {
        byte[] bytes = ObjectWriter.write(new Point(1, 2)).bytes();
        bytes[3] = -100;

        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> ObjectReader.read(bytes, loader()))
                .withMessageContaining("begins with -100")
                .withMessageContaining("newer version");
    }

    @Test
    void loaderIsNotKeptByWhatItRead() throws Exception {
        WeakReference<ClassLoader> loader = loaderThatHasRead();

        await().atMost(Deadlines.PATIENCE).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    /** Reads an object by a new loader. This is a separate method so that nothing on the stack holds the loader. */
    private WeakReference<ClassLoader> loaderThatHasRead() throws Exception {
        Class<?> type = compiled("forgotten", "");
        Object read = readCall(ObjectWriter.writeCall(instance(type)), type.getClassLoader());

        assertThat(read).isInstanceOf(type);
        return new WeakReference<>(type.getClassLoader());
    }

    private static Object readCall(ObjectWriter.Written written, ClassLoader loader)
            throws IOException, ClassNotFoundException {
        return ObjectReader.readCall(written.bytes(), written.definitions(), loader, future -> future);
    }

    private static ClassLoader loader() {
        return DefinitionTest.class.getClassLoader();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private Class<?> compiled(String version, String members) throws Exception {
        return compiled(version, 1, members);
    }

    /** Compiles a class that no other loader has. */
    private Class<?> compiled(String version, int serialVersion, String members) throws Exception {
        Path output = Files.createDirectory(folder.resolve(version));
        String text = """
                public class UserCode implements java.io.Serializable {
                    private static final long serialVersionUID = %d;
                    %s
                }
                """;
        assertThat(new UserCode(text.formatted(serialVersion, members)).compile(output))
                .isEmpty();
        return new URLClassLoader(new URL[] {output.toUri().toURL()}).loadClass("UserCode");
    }

    private static Object instance(Class<?> type) throws ReflectiveOperationException {
        return type.getConstructor().newInstance();
    }
}
