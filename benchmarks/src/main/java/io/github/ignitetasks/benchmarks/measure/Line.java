package io.github.ignitetasks.benchmarks.measure;

import io.github.ignitetasks.benchmarks.measure.Answer.Measured;
import io.github.ignitetasks.benchmarks.measure.Answer.NoResult;
import io.github.ignitetasks.benchmarks.measure.Target.Verdict;

/**
 * A row with its answer.
 *
 * @param name the name of the row
 * @param target the target of the row
 * @param answer the measured answer
 */
public record Line(String name, Target target, Answer answer) {

    /** Returns the figure that the target bounds, as text. */
    public String ratio() {
        return answer instanceof Measured measured ? Figures.digits(measured.figure()) + target.unit() : "none";
    }

    /** Returns the quartiles between which the ratio lies, as text; empty if it was measured once. */
    public String spread() {
        return answer instanceof Measured measured ? measured.spread() : "";
    }

    /** Returns the bound that must hold, as text. */
    public String must() {
        return target.bound(target.must());
    }

    /** Returns the bound that is the goal, as text. */
    public String goal() {
        return target.bound(target.goal());
    }

    /** Returns which bounds are met. */
    public Verdict verdict() {
        return answer instanceof Measured measured ? target.judge(measured.figure()) : Verdict.MISSED;
    }

    /** Returns the reason why there is no result, or an empty text if there is one. */
    public String note() {
        return answer instanceof NoResult none ? none.reason() : "";
    }

    @Override
    public String toString() {
        String figures = name + " ours=" + answer.ours() + " peer=" + answer.peer() + " ratio=" + ratio()
                + (spread().isEmpty() ? "" : " spread=" + spread()) + " must=" + must() + " goal=" + goal();
        return note().isEmpty() ? figures : figures + " no result: " + note();
    }
}
