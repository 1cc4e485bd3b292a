package io.github.ignitetasks.benchmarks.measure;

import java.time.Duration;

/**
 * The warm-up of the JVMs of a testbed. It runs both sides until they hardly get faster and most of their code is
 * compiled. The first warm-up of a testbed may take long; later ones have little left to compile. Not thread-safe.
 */
public final class WarmUp {
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(36);
    private static final Duration LONGEST_LATER = Duration.ofSeconds(12);
    private static final double STILL_FASTER = 0.96;

    /** The share of a processor's time that compilers take while they still have much to do. */
    private static final double STILL_COMPILED = 0.4;

    private final Compilers compilers;
    private Duration longest = LONGEST;

    /** Takes the compilers of the JVMs. */
    public WarmUp(Compilers compilers) {
        this.compilers = compilers;
    }

    /** Runs both sides until they hardly get faster and most of their code is compiled. */
    public void run(Side ours, Side peer) throws Exception {
        run(longest, compilers, ours, peer);
        longest = LONGEST_LATER;
    }

    /** Runs both sides until they hardly get faster, but no longer than a time limit. */
    public static void run(Duration longest, Side ours, Side peer) throws Exception {
        run(longest, () -> 0, ours, peer);
    }

    private static void run(Duration longest, Compilers compilers, Side ours, Side peer) throws Exception {
        long start = System.nanoTime();
        long best = Long.MAX_VALUE;
        long peersBest = Long.MAX_VALUE;
        long compiled = compilers.compileMillis();
        boolean more;
        do {
            long round = System.nanoTime();
            long nanos = fastest(ours);
            long peersNanos = fastest(peer);
            long now = compilers.compileMillis();
            boolean compiling = (now - compiled) * 1e6 > STILL_COMPILED * (System.nanoTime() - round);
            more = compiling || nanos < STILL_FASTER * best || peersNanos < STILL_FASTER * peersBest;
            best = Math.min(best, nanos);
            peersBest = Math.min(peersBest, peersNanos);
            compiled = now;
        } while (more && System.nanoTime() - start < longest.toNanos());
    }

    /** Runs a side for a while, and returns its shortest time for one run, in nanoseconds. */
    private static long fastest(Side side) throws Exception {
        long start = System.nanoTime();
        long fastest = Long.MAX_VALUE;
        do {
            fastest = Math.min(fastest, nanos(side));
        } while (System.nanoTime() - start < ROUND.toNanos());
        return fastest;
    }

    private static long nanos(Side side) throws Exception {
        long start = System.nanoTime();
        side.measure();
        return System.nanoTime() - start;
    }
}
