package io.github.ignitetasks.support;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;

/** An object that leaves a file when somebody reads it. */
public final class Tripwire implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final File file;

    /** Makes one that leaves this file, which is not there yet. */
    public Tripwire(File file) {
        this.file = file;
    }

    /** Returns whether somebody has read it. */
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
