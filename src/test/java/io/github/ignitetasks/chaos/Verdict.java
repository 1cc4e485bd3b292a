package io.github.ignitetasks.chaos;

import java.util.List;

/**
 * The findings in the history of a run.
 *
 * @param submitted the number of submitted keys
 * @param completed the number of keys with a result
 * @param crashed the number of keys without a result, because nodes died under their tasks or upstreams
 * @param lost the keys whose end a living submitter has not seen
 * @param divergent the keys with two different ends
 * @param reranFinal the keys that ran again after a submitter had seen their end
 * @param wrong the descriptions of all other violations
 * @param kills the number of killed processes
 */
record Verdict(
        int submitted,
        int completed,
        int crashed,
        List<String> lost,
        List<String> divergent,
        List<String> reranFinal,
        List<String> wrong,
        int kills) {

    /** Returns the line that a run prints at its end. */
    String line(long seed) {
        return "chaos: submitted=" + submitted + " completed=" + completed + " crashed=" + crashed + " lost="
                + lost.size() + " divergent=" + divergent.size() + " reran-final=" + reranFinal.size() + " kills="
                + kills + " seed=" + seed;
    }
}
