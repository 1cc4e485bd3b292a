package io.github.ignitetasks.internal.worker;

import java.lang.reflect.Field;

/** Makes messages like those of a later version of this library. */
public final class LaterMessages {
    private LaterMessages() {}

    /** Returns this message after changing the version that it carries. */
    public static <T> T ofVersion(T message, int version) {
        try {
            Field field = message.getClass().getDeclaredField("version");
            field.setAccessible(true);
            field.setInt(message, version);
            return message;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a message has no version", e);
        }
    }
}
