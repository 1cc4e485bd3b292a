package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.internal.codec.Definition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the table of the definitions of a batch. */
final class DefinitionTableTest {
    private final Definition one = new Definition(new byte[100]);
    private final Definition other = new Definition(new byte[] {1, 2, 3});

    @Test
    void definitionsOfEachCallAreReadAsTheyWereWritten() throws IOException {
        List<List<Definition>> calls = List.of(List.of(one, other), List.of(), List.of(other), List.of(other, one));

        DataInputStream in = new DataInputStream(new ByteArrayInputStream(write(calls)));
        DefinitionTable read = new DefinitionTable();
        for (List<Definition> call : calls) {
            assertThat(read.read(in)).isEqualTo(call);
        }
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void definitionOfManyCallsIsWrittenOnce() throws IOException {
        int ofOne = write(List.of(List.of(one))).length;
        int ofTwo = write(List.of(List.of(one), List.of(new Definition(new byte[100])))).length;

        assertThat(ofTwo - ofOne).isEqualTo(2 * Integer.BYTES);
    }

    private static byte[] write(List<List<Definition>> calls) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        DefinitionTable table = new DefinitionTable();
        for (List<Definition> call : calls) {
            table.write(call, out);
        }
        return bytes.toByteArray();
    }
}
