package io.github.ignitetasks.internal.codec;

import static java.util.Objects.requireNonNull;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/** A lambda in written objects: its shape, which is a definition, and the captured arguments. */
final class WrittenLambda implements Externalizable {
    @Serial
    private static final long serialVersionUID = 1L;

    private @Nullable LambdaShape shape;
    private Object[] arguments;

    /** For reading. */
    public WrittenLambda() {
        this.arguments = new Object[0];
    }

    WrittenLambda(LambdaShape shape, SerializedLambda lambda) {
        this.shape = shape;
        this.arguments = new Object[lambda.getCapturedArgCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = lambda.getCapturedArg(i);
        }
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        ((ObjectWriter) out).writeShape(requireNonNull(shape));
        out.writeByte(arguments.length); // a method has 255 parameters at most
        for (Object argument : arguments) {
            byte[] scalar = argument instanceof String ? null : Scalar.write(argument); // a shared text is written once
            if (scalar == null) {
                out.writeByte(WireFormat.OBJECTS);
                out.writeObject(argument);
            } else {
                out.write(scalar);
            }
        }
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        shape = ((ObjectReader) in).readShape();
        arguments = new Object[in.readUnsignedByte()];
        for (int i = 0; i < arguments.length; i++) {
            byte first = in.readByte();
            arguments[i] = first == WireFormat.OBJECTS ? in.readObject() : Scalar.read(first, in);
        }
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        return requireNonNull(shape).lambda(arguments);
    }
}
