package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * A frame as all viewers get it: a server-sent event.
 *
 * @param number its number; numbers increase
 * @param event the bytes of the event, which nobody changes
 * @param isLast whether no frame follows
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares frames
record Frame(long number, byte[] event, boolean isLast) {

    /** Returns the frame with this JSON object. */
    static Frame of(long number, byte[] json) {
        return new Frame(number, event("frame", json), false);
    }

    /** Returns the last frame, which is numbered higher than all others. */
    static Frame last(byte[] json) {
        return new Frame(Long.MAX_VALUE, event("end", json), true);
    }

    private static byte[] event(String type, byte[] json) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + 32);
        event.writeBytes(("event: " + type + "\ndata: ").getBytes(UTF_8));
        for (byte b : json) {
            event.write(b == '\n' || b == '\r' ? ' ' : b); // a line break would end the data; in JSON it is only space
        }
        event.writeBytes("\n\n".getBytes(UTF_8));
        return event.toByteArray();
    }
}
