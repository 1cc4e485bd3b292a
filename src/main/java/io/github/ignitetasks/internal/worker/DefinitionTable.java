package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.codec.Definition;
import io.github.ignitetasks.internal.codec.Sized;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The class definitions in a batch of calls, while the batch is written or read. Each definition is written with the
 * first call that needs it; other calls refer to it by number.
 */
final class DefinitionTable {
    /** Stands in place of a number when the definition itself follows. */
    private static final int NEW = -1;

    private final Map<Definition, Integer> written = new HashMap<>();
    private final List<Definition> read = new ArrayList<>();

    /** Writes the definitions of one call. */
    void write(List<Definition> definitions, DataOutput out) throws IOException {
        out.writeInt(definitions.size());
        for (Definition definition : definitions) {
            Integer number = written.putIfAbsent(definition, written.size());
            if (number != null) {
                out.writeInt(number);
            } else {
                out.writeInt(NEW);
                out.writeInt(definition.bytes().length);
                out.write(definition.bytes());
            }
        }
    }

    /** Reads the definitions of one call. */
    List<Definition> read(DataInput in) throws IOException {
        List<Definition> definitions = new ArrayList<>();
        for (int left = Sized.readCount(in); left > 0; left--) {
            int number = in.readInt();
            if (number != NEW) {
                definitions.add(numbered(number));
            } else {
                byte[] bytes = Sized.readBytes(in);
                Definition definition = new Definition(bytes);
                read.add(definition);
                definitions.add(definition);
            }
        }
        return definitions;
    }

    private Definition numbered(int number) throws StreamCorruptedException {
        if (number < 0 || number >= read.size()) {
            throw new StreamCorruptedException(
                    "definition " + number + " is missing: there are " + read.size() + ", from 0");
        }
        return read.get(number);
    }
}
