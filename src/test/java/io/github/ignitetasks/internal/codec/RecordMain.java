package io.github.ignitetasks.internal.codec;

import io.github.ignitetasks.Failure;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads objects and a lambda that another JVM wrote, and writes the same kinds of objects for that JVM. */
final class RecordMain {
    private static final ClassLoader LOADER = RecordMain.class.getClassLoader();

    interface Call extends Supplier<String>, Serializable {}

    record Result(String name, List<Integer> numbers, DayOfWeek day) implements Serializable {}

    private RecordMain() {}

    /** Arguments: the bytes of the objects and of the lambda, in hexadecimal. Prints its own bytes in the same form. */
    @SuppressWarnings("SystemOut") // the parent process reads the output
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        System.out.println("read " + read(args[0]));
        System.out.println("called " + ((Call) read(args[1])).get());
        System.out.println("wrote " + write(objects()));
        System.out.println("wrote " + write(call()));
    }

    static Call call() {
        List<Integer> captured = List.of(1, 2);
        return () -> "captured " + captured;
    }

    static String write(Object object) throws IOException {
        return HexFormat.of().formatHex(ObjectWriter.write(object).bytes());
    }

    static Object read(String digits) throws IOException, ClassNotFoundException {
        return ObjectReader.read(HexFormat.of().parseHex(digits), LOADER);
    }

    /** Returns objects of well-known classes and of other classes. */
    static Map<String, Object> objects() {
        Map<String, Object> objects = new LinkedHashMap<>();
        objects.put("record", new Result("one", List.of(1, 2, 3), DayOfWeek.FRIDAY));
        objects.put("same class", new Result("two", new ArrayList<>(List.of(4)), DayOfWeek.MONDAY));
        objects.put("number", new BigDecimal("12345678901234567890.5"));
        objects.put("id", new UUID(1, 2));
        objects.put("duration", Duration.ofMillis(1_500));
        objects.put("set", Set.of(2.5));
        objects.put("failure", Failure.ofText("type", "message", "stack"));
        return objects;
    }
}
