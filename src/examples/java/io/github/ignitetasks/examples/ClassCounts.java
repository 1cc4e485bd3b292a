package io.github.ignitetasks.examples;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The number of classes of each class-file version. Module descriptors and the versions of a class for newer releases
 * count as classes.
 *
 * @param byVersion the number of classes by major version
 */
record ClassCounts(SortedMap<Integer, Long> byVersion) implements Serializable {
    private static final int MAGIC = 0xCAFEBABE;

    /** The difference between a Java release and the major version of its class files, from Java 1.1. */
    private static final int MAJOR_OF_JAVA_0 = 44;

    ClassCounts {
        byVersion = Collections.unmodifiableSortedMap(new TreeMap<>(byVersion));
    }

    /**
     * Counts the classes of one jar.
     *
     * @throws IOException if the jar cannot be read to the end, or if a class file is invalid
     */
    static ClassCounts ofJar(String path) throws IOException {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        try (ZipFile jar = new ZipFile(path)) {
            for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class")) {
                    counts.merge(majorVersion(jar, entry), 1L, Long::sum);
                }
            }
        }
        return new ClassCounts(counts);
    }

    private static int majorVersion(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream bytes = jar.getInputStream(entry);
                DataInputStream data = new DataInputStream(bytes)) {
            if (data.readInt() != MAGIC) {
                throw new ZipException(entry.getName() + " is no class file");
            }
            data.readUnsignedShort(); // skips the minor version
            return data.readUnsignedShort();
        }
    }

    /** Returns the sum of several counts. */
    static ClassCounts sum(Collection<ClassCounts> parts) {
        SortedMap<Integer, Long> sum = new TreeMap<>();
        parts.forEach(part -> part.byVersion.forEach((version, count) -> sum.merge(version, count, Long::sum)));
        return new ClassCounts(sum);
    }

    /** Returns a line for each version, such as {@code 61  Java 17  1234}, with the columns aligned. */
    String table() {
        StringBuilder table = new StringBuilder(String.format("%7s  %-8s %10s%n", "version", "Java", "classes"));
        for (Map.Entry<Integer, Long> count : byVersion.entrySet()) {
            table.append(String.format("%7d  %-8s %10d%n", count.getKey(), java(count.getKey()), count.getValue()));
        }
        return table.toString();
    }

    private static String java(int majorVersion) {
        int release = majorVersion - MAJOR_OF_JAVA_0;
        return release < 5 ? "1." + release : String.valueOf(release);
    }
}
