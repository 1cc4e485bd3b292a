package io.github.ignitetasks.support;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;

/** An object that creates a file when it is deserialized. */
public final class Tripwire implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final File file;

    /** Makes an object that creates this file. The file must not exist yet. */
    public Tripwire(File file) {
        this.file = file;
    }

    /** Returns whether the object has been deserialized. */
    public boolean isTripped() {
        return file.exists();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        if (!file.createNewFile()) {
            throw new IOException(file + " is there already");
        }
    }
}
