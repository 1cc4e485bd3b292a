package io.github.ignitetasks.benchmarks.measure;

/**
 * The target for a row's figure.
 *
 * @param direction the side of the bounds on which the figure should be
 * @param must the bound that must hold
 * @param goal the bound that is the goal
 * @param unit the unit of the bounds and of the figure, empty for a ratio
 */
public record Target(Direction direction, double must, double goal, String unit) {

    /** Returns a target for a ratio that should be large. */
    public static Target atLeast(double must, double goal) {
        return new Target(Direction.AT_LEAST, must, goal, "");
    }

    /** Returns a target for a ratio that should be small. */
    public static Target atMost(double must, double goal) {
        return new Target(Direction.AT_MOST, must, goal, "");
    }

    /** Returns a target for a figure that should be small. */
    public static Target below(double must, double goal) {
        return new Target(Direction.BELOW, must, goal, "");
    }

    /** Returns this target for figures in a unit. */
    public Target in(String otherUnit) {
        return new Target(direction, must, goal, otherUnit);
    }

    /** Returns which of the bounds a figure meets. */
    public Verdict judge(double figure) {
        if (direction.holds(figure, goal)) {
            return Verdict.GOAL;
        }
        return direction.holds(figure, must) ? Verdict.MUST : Verdict.MISSED;
    }

    /** Returns a bound as text. */
    public String bound(double bound) {
        return direction.sign + Figures.shortest(bound) + unit;
    }

    /** The side of a bound on which figures should be. */
    public enum Direction {
        /** At the bound or above. */
        AT_LEAST("≥"),
        /** At the bound or below. */
        AT_MOST("≤"),
        /** Below the bound. */
        BELOW("<");

        private final String sign;

        Direction(String sign) {
            this.sign = sign;
        }

        private boolean holds(double figure, double bound) {
            return switch (this) {
                case AT_LEAST -> figure >= bound;
                case AT_MOST -> figure <= bound;
                case BELOW -> figure < bound;
            };
        }
    }

    /** The bounds that a figure meets. */
    public enum Verdict {
        /** The figure meets both bounds. */
        GOAL,
        /** The figure meets only the bound that must hold. */
        MUST,
        /** The figure meets neither bound. */
        MISSED
    }
}
