package io.github.ignitetasks.internal.node;

/** A system property with the value {@code true} or {@code false}. Immutable. */
record BooleanProperty(String name, boolean standard) {

    /**
     * Returns the value of the property, or the default if it is not set.
     *
     * @throws IllegalStateException if the property has another value; the message gives its name, its value and the
     *     remedy
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
