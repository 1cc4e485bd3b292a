package io.github.ignitetasks.internal.view;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.internal.events.GridSnapshot;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The view of a whole grid. Its frames have the parts of those of a session, but for what needs single tasks: stream, flow
 * and histograms. It takes a snapshot of the grid only for a frame, and takes bounded memory. Safe to share between
 * threads.
 */
public final class GridView {
    /** A time without viewers counts in so many parts at most. */
    private static final int MAX_PARTS = RateSeries.MAX_STEPS;

    private static final long PART_MILLIS = 1_000;
    private static final int MAX_SILENT = 5;

    private final String name;
    private final Supplier<Optional<GridSnapshot>> snapshots;

    private final GridCounts counts = new GridCounts(); // guarded by this
    private final GridFailures failures = new GridFailures(); // guarded by this
    private final SeenNodes nodes = new SeenNodes(); // guarded by this
    private final RateSeries rates = new RateSeries(); // guarded by this
    private GridSnapshot latest = new GridSnapshot(List.of(), List.of()); // guarded by this
    private long notedMillis; // by the clock; guarded by this

    /** Starts with the first snapshot; null before. Guarded by this. */
    private @Nullable RunClock clock;

    /**
     * Makes a view.
     *
     * @param name what the page calls the grid
     * @param snapshots takes a snapshot of the grid, which may block for about 2 seconds; empty if the grid is closed
     */
    public GridView(String name, Supplier<Optional<GridSnapshot>> snapshots) {
        this.name = name;
        this.snapshots = snapshots;
    }

    /** Returns the grid as it is now, as JSON in UTF-8. May block for about 2 seconds, because it asks the nodes. */
    public byte[] frame() {
        Optional<GridSnapshot> snapshot = snapshots.get();
        synchronized (this) {
            snapshot.ifPresent(this::note);
            return write(false);
        }
    }

    /** Returns the grid as it was when the last frame was made, as JSON in UTF-8. It asks no node. */
    public synchronized byte[] lastFrame() {
        return write(true);
    }

    private synchronized void note(GridSnapshot snapshot) {
        long now = clock().elapsedMillis(System.nanoTime());
        addToRates(counts.note(snapshot), notedMillis, now);
        failures.note(snapshot.nodes(), counts::counted);
        nodes.note(snapshot.nodes(), System.currentTimeMillis());
        latest = snapshot;
        notedMillis = now;
    }

    private synchronized RunClock clock() {
        RunClock started = clock == null ? new RunClock() : clock;
        clock = started;
        return started;
    }

    /** Spreads the calls that ended over the time in which they did: it is long if nobody viewed the page. */
    private synchronized void addToRates(GridCounts.Ends ends, long from, long to) {
        long parts = Math.max(1, Math.min(MAX_PARTS, (to - from) / PART_MILLIS));
        for (long i = 0; i < parts; i++) {
            rates.add(
                    from + (to - from) * (i + 1) / parts, share(ends.all(), i, parts), share(ends.failed(), i, parts));
        }
    }

    private static long share(long number, long part, long parts) {
        return number * (part + 1) / parts - number * part / parts;
    }

    private synchronized byte[] write(boolean hasEnded) {
        RunClock.Moment now = clock().now();
        NameRows names = NameRows.sorted(counts.byName());
        JsonWriter json = new JsonWriter().object().field("kind", "grid");
        writeSession(json.object("session"), now.millis(), hasEnded);
        names.write(json.endObject());
        failures.write(json.object("failures"));
        json.endObject().nullField("stream");
        rates.write(json.object("rates"), clock().startedMillis(), now.elapsed());
        json.nullField("wait").nullField("run").endObject();
        json.field("dropped", Math.max(0, names.totals().allFailed() - failures.seen()));
        RunningRows.write(json.object("running"), latest.nodes());
        nodes.write(json.endObject().object("nodes"));
        return json.endObject().nullField("graph").endObject().bytes();
    }

    private synchronized void writeSession(JsonWriter json, long now, boolean hasEnded) {
        json.field("name", name)
                .field("description", description())
                .field("started", clock().startedMillis())
                .field("now", now);
        if (hasEnded) {
            json.field("ended", now);
        } else {
            json.nullField("ended");
        }
        json.field("slots", latest.nodes().stream().mapToInt(NodeReport::slots).sum());
    }

    private synchronized String description() {
        int answered = latest.nodes().size();
        int silent = latest.silent().size();
        String answers = answered == 1 ? "1 server answers" : answered + " servers answer";
        String others = latest.silent().stream()
                .limit(MAX_SILENT)
                .map(server -> JsonWriter.cut(server, FrameWriter.MAX_TEXT))
                .collect(joining(", "));
        return silent == 0
                ? answers
                : answers + "; no answer from " + others
                        + (silent > MAX_SILENT ? " and " + (silent - MAX_SILENT) + " more" : "");
    }
}
