package io.github.ignitetasks.internal.worker;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The report of the nodes that died while they had a key.
 *
 * @param departed the nodes that the grid remembers
 */
record DeathReport(DepartedNodes departed) {

    /** Returns the deaths with the names that the call carries, or that the grid remembers. */
    List<NodeDeath> named(KeyExecution run, List<UUID> nodes) {
        Map<UUID, NodeDeath> told = run.call().deaths().stream().collect(toMap(NodeDeath::node, death -> death));
        return nodes.stream()
                .map(node -> Optional.ofNullable(told.get(node)).orElseGet(() -> departed.death(node)))
                .toList();
    }

    /** Returns why a key does not run again after the deaths that its claim counts. */
    Failure tooMany(KeyExecution run, ClaimRecord claim) {
        String names =
                named(run, claim.deaths()).stream().map(NodeDeath::toString).collect(joining(", "));
        String what = claim.countsStarts()
                ? "it has started, or may have, on nodes that died or could not record its end, as often as its"
                        + " crashRetries of " + claim.crashRetries().getAsInt() + " allow: "
                : claim.deaths().size() + " nodes died while they had it, the last while it ran alone there: ";
        String message = what + names
                + "; look into their logs for what ended them, such as System.exit, a crash of native code or a lack"
                + " of memory, and submit the task under another key once that is mended";
        return Failure.ofText("", message, "");
    }
}
