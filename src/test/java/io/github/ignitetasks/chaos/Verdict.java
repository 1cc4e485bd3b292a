package io.github.ignitetasks.chaos;

import java.util.List;

/**
 * What the history of a run shows.
 *
 * @param submitted how many keys were submitted
 * @param completed how many of them have a result
 * @param crashed how many ended without one, as too many nodes died under them, or under what they need
 * @param lost the keys whose states a submitter that lives has not seen
 * @param divergent the keys that ended in two ways
 * @param reranFinal the keys that ran again after somebody had seen how they ended
 * @param wrong all else that must not be, in words
 * @param kills how many processes were killed
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

    /** Returns the one line that a run ends with. */
    String line(long seed) {
        return "chaos: submitted=" + submitted + " completed=" + completed + " crashed=" + crashed + " lost="
                + lost.size() + " divergent=" + divergent.size() + " reran-final=" + reranFinal.size() + " kills="
                + kills + " seed=" + seed;
    }
}
