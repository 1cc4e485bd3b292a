package io.github.ignitetasks.internal.codec;

import static java.io.ObjectStreamConstants.SC_SERIALIZABLE;
import static java.io.ObjectStreamConstants.TC_BLOCKDATA;
import static java.io.ObjectStreamConstants.TC_CLASSDESC;
import static java.io.ObjectStreamConstants.TC_LONGSTRING;
import static java.io.ObjectStreamConstants.TC_REFERENCE;
import static java.io.ObjectStreamConstants.TC_STRING;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes of one payload: reads their descriptors, in all the ways in which they are written. */
final class WrittenClasses {
    private static final int STREAM_HEADER = 4;

    /** Of {@link WellKnownClasses}, as far as they were met. */
    private static final ClassValue<WrittenClass> WELL_KNOWN = new ClassValue<>() {
        @Override
        protected WrittenClass computeValue(Class<?> type) {
            return describe(type);
        }
    };

    private final ClassLoader loader;

    /** Those that went apart, then those met in the bytes. */
    private final List<Definition> definitions;

    private final Map<Definition, WrittenClass> known = new HashMap<>();

    WrittenClasses(List<Definition> definitions, ClassLoader loader) {
        this.definitions = new ArrayList<>(definitions);
        this.loader = loader;
    }

    /** Reads a descriptor, without that of its superclass. The descriptor and its parts get numbers. */
    WrittenClass read(ByteBuffer in, List<Object> handles) throws IOException {
        byte what = in.get();
        if (what == WireFormat.DESCRIPTOR) {
            return readAsJdk(in, handles);
        } else if (what > 0) {
            return WELL_KNOWN.get(WellKnownClasses.descriptor(what).forClass());
        }
        Definition definition = definition(what, in);
        WrittenClass type = known.get(definition);
        if (type == null) {
            type = defined(definition);
            known.put(definition, type);
        }
        return type;
    }

    private WrittenClass defined(Definition definition) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(definition.bytes());
        in.get(); // WireFormat.OBJECTS
        if (in.get() != TC_CLASSDESC) {
            throw new StreamCorruptedException("a class description is expected, and something else is defined");
        }
        List<Object> handles = new ArrayList<>();
        handles.add(PayloadGraph.LEAF);
        return read(in, handles);
    }

    /** Reads the descriptor of a proxy. */
    WrittenClass readProxy(ByteBuffer in) throws IOException {
        for (int left = in.getInt(); left > 0; left--) {
            Utf.read(in);
        }
        return new WrittenClass(Proxy.class.getName(), SC_SERIALIZABLE, 0, List.of(), null, ClassTraits.OF_PROXY);
    }

    /** Reads the definition of a lambda's shape, which begins a block of data, and skips the rest of the block. */
    void shape(ByteBuffer in) throws IOException {
        ByteBuffer block = block(in);
        byte what = block.get();
        if (what == WireFormat.DEFINITION_NUMBER) {
            return;
        }
        byte[] bytes = new byte[checkedLength(block.getInt(), in)];
        int read = Math.min(bytes.length, block.remaining());
        block.get(bytes, 0, read);
        while (read < bytes.length) {
            block = block(in);
            int more = Math.min(bytes.length - read, block.remaining());
            block.get(bytes, read, more);
            read += more;
        }
        definitions.add(new Definition(bytes));
    }

    private static ByteBuffer block(ByteBuffer in) {
        int length = in.get() == TC_BLOCKDATA ? Byte.toUnsignedInt(in.get()) : in.getInt();
        ByteBuffer block = in.slice(in.position(), length);
        in.position(in.position() + length);
        return block;
    }

    private Definition definition(byte what, ByteBuffer in) throws IOException {
        if (what == WireFormat.DEFINITION_NUMBER) {
            return definitions.get(in.getInt());
        }
        byte[] bytes = new byte[checkedLength(in.getInt(), in)];
        in.get(bytes);
        Definition definition = new Definition(bytes);
        definitions.add(definition);
        return definition;
    }

    private static int checkedLength(int length, ByteBuffer in) throws IOException {
        if (length < 0 || length > in.capacity()) {
            throw new StreamCorruptedException("a definition of " + length + " bytes");
        }
        return length;
    }

    /** Reads a descriptor as the JDK writes it. */
    private WrittenClass readAsJdk(ByteBuffer in, List<Object> handles) throws IOException {
        String name = Utf.read(in);
        in.getLong(); // serialVersionUID
        int flags = in.get();
        int primitiveBytes = 0;
        List<String> references = new ArrayList<>();
        for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
            char type = (char) in.get();
            String field = Utf.read(in);
            if (type == 'L' || type == '[') {
                references.add(field);
                skipText(in, handles);
            } else {
                primitiveBytes += bytesOf(type);
            }
        }
        return new WrittenClass(name, flags, primitiveBytes, List.copyOf(references), null, traits(name));
    }

    private ClassTraits traits(String name) {
        try {
            return ClassTraits.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return ClassTraits.UNKNOWN;
        }
    }

    private static void skipText(ByteBuffer in, List<Object> handles) throws IOException {
        byte kind = in.get();
        switch (kind) {
            case TC_REFERENCE -> in.getInt();
            case TC_STRING -> {
                handles.add(PayloadGraph.LEAF);
                in.position(in.position() + Short.BYTES + Short.toUnsignedInt(in.getShort(in.position())));
            }
            case TC_LONGSTRING -> {
                handles.add(PayloadGraph.LEAF);
                in.position(Math.toIntExact(in.position() + Long.BYTES + in.getLong(in.position())));
            }
            default -> throw new StreamCorruptedException("a field has no type");
        }
    }

    private static int bytesOf(char type) throws IOException {
        return switch (type) {
            case 'B', 'Z' -> Byte.BYTES;
            case 'C', 'S' -> Short.BYTES;
            case 'I', 'F' -> Integer.BYTES;
            case 'J', 'D' -> Long.BYTES;
            default -> throw new StreamCorruptedException("a field is of no known type: " + type);
        };
    }

    /** Returns what the JDK writes of a class, as no stream has the descriptor of one that is well known. */
    private static WrittenClass describe(Class<?> type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ObjectStreamClass.lookupAny(type));
            out.flush();
            ByteBuffer in = ByteBuffer.wrap(bytes.toByteArray()).position(STREAM_HEADER + 1); // after TC_CLASSDESC
            return new WrittenClasses(
                            List.of(),
                            type.getClassLoader() == null
                                    ? ClassLoader.getPlatformClassLoader()
                                    : type.getClassLoader())
                    .readAsJdk(in, new ArrayList<>());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
