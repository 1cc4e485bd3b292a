package io.github.ignitetasks.internal.node;

/** A system property that is {@code true} or {@code false}. Immutable. */
record BooleanProperty(String name, boolean standard) {

    /**
     * Returns its value, the standard one if it is not set.
     *
     * @throws IllegalStateException if it has another value; the message names it, shows the value, and says the remedy
     */
    boolean get() {
        String value = System.getProperty(name);
        if (value == null) {
            return standard;
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalStateException("system property " + name + " is '" + value
                        + "'; set it to true or to false, or leave it out for " + standard);
        };
    }
}
