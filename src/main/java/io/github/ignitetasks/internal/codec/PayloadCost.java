package io.github.ignitetasks.internal.codec;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cost of reading a payload, computed from its bytes alone when first asked for. To be used by one thread.
 */
final class PayloadCost {
    /** So few bytes cannot tell of collections that take long to hash: sharing doubles the steps once in 11 bytes. */
    private static final int HARMLESS = 200;

    /** How many bytes an object that holds another takes at least. */
    private static final int BYTES_OF_A_LEVEL = 6;

    /** For so many classes other places of their fields are tried. */
    private static final int MAX_GUESSES = 8;

    private final byte[] bytes;
    private final int start;
    private final List<Definition> definitions;
    private final ClassLoader loader;
    private final PayloadLimits limits;
    private @Nullable PayloadParser parsed;

    /**
     * Takes a payload, which begins at an index.
     *
     * @throws IOException if a system property that limits it is not right
     */
    PayloadCost(byte[] bytes, int start, List<Definition> definitions, ClassLoader loader) throws IOException {
        this.bytes = bytes;
        this.start = start;
        this.definitions = definitions;
        this.loader = loader;
        this.limits = PayloadLimits.get();
    }

    PayloadLimits limits() {
        return limits;
    }

    /** Returns the payload's length. */
    int bytes() {
        return bytes.length - start;
    }

    /** Returns why it is not to be read, if its collections take too long to hash. */
    @Nullable
    String hashingRefusal() {
        if (bytes() <= HARMLESS) {
            return null;
        }
        try {
            long steps = parsed().hashingSteps();
            return steps <= limits.hashingSteps()
                    ? null
                    : "collections that hold each other so often that hashing them takes "
                            + (steps == Long.MAX_VALUE ? "more than " : "") + steps
                            + " steps; system property " + PayloadLimits.HASHING_STEPS + " allows "
                            + limits.hashingSteps();
        } catch (IOException e) {
            return "collections of which it cannot be told how long hashing them takes, as " + e.getMessage();
        }
    }

    /** Returns why it is not to be read, if so many elements of arrays are more than its bytes can fill. */
    @Nullable
    String arrayRefusal(long elements) {
        try {
            if (elements - parsed().copies() <= bytes()) {
                return null; // the others take no memory
            }
        } catch (IOException e) {
            // then its lengths are not true
        }
        return "arrays of " + elements + " elements in " + bytes() + " bytes";
    }

    /** Returns why it is not to be read, if it is nested too deep; asked where it is written. */
    @Nullable
    String depthRefusal() throws IOException {
        boolean mayBe = bytes() / BYTES_OF_A_LEVEL >= limits.depth();
        return mayBe && parsed().depth() > limits.depth() ? tooDeep() : null;
    }

    String tooDeep() {
        return "objects nested deeper than " + limits.depth() + ", which system property " + PayloadLimits.DEPTH
                + " allows";
    }

    private PayloadParser parsed() throws IOException {
        PayloadParser known = parsed;
        if (known == null) {
            known = parse();
            parsed = known;
        }
        return known;
    }

    private PayloadParser parse() throws IOException {
        PayloadParser first = parser(Map.of());
        try {
            return first.parse();
        } catch (IOException e) {
            return parseOtherwise(first.guessed(), e);
        }
    }

    /** Tries other places for the fields of classes that write them themselves. */
    private PayloadParser parseOtherwise(Set<String> guessed, IOException problem) throws IOException {
        for (String name : guessed.stream().limit(MAX_GUESSES).toList()) {
            for (FieldLayout layout : FieldLayout.values()) {
                try {
                    return parser(Map.of(name, layout)).parse();
                } catch (IOException e) {
                    problem.addSuppressed(e);
                }
            }
        }
        if (guessed.isEmpty()) {
            throw problem;
        }
        throw new IOException(
                problem.getMessage() + "; let the writeObject of " + String.join(" and ", guessed)
                        + " call defaultWriteObject first",
                problem);
    }

    private PayloadParser parser(Map<String, FieldLayout> layouts) {
        return new PayloadParser(bytes, start + 1, new WrittenClasses(definitions, loader), layouts);
    }
}
