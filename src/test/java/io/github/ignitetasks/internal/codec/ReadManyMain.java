package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.List;

/**
 * Reads many short payloads, a long one, and a short one again. If the JVM has no serialization filter, it sets one
 * that refuses everything before the last payload.
 */
final class ReadManyMain {
    private static final ClassLoader LOADER = ReadManyMain.class.getClassLoader();

    private ReadManyMain() {}

    /** Argument: the number of elements of the long payload. */
    @SuppressWarnings("SystemOut") // the parent process reads the output
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        int read = 0;
        for (int i = 0; i < 100; i++) {
            read += read(1);
        }
        System.out.println("read " + read);
        try {
            System.out.println("long " + read(Integer.parseInt(args[0])));
        } catch (IOException e) {
            System.out.println("long " + e.getMessage());
        }
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(met -> ObjectInputFilter.Status.REJECTED);
        }
        try {
            System.out.println("last " + read(1));
        } catch (IOException e) {
            System.out.println("last " + e.getMessage());
        }
    }

    private static int read(int size) throws IOException, ClassNotFoundException {
        Integer[] numbers = new Integer[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = i;
        }
        byte[] bytes = ObjectWriter.write(new Object[] {List.of(numbers)}).bytes();
        return ((List<?>) ObjectReader.<Object[]>read(bytes, LOADER)[0]).size();
    }
}
