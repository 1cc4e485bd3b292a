package io.github.ignitetasks.examples;

import static java.util.stream.Collectors.toMap;

import io.github.ignitetasks.CachePartition;
import io.github.ignitetasks.TaskContext;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowRun;
import io.github.ignitetasks.flow.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.configuration.CacheConfiguration;

/**
 * Tells which words occur most in the Markdown files of a directory, and where: {@code word-index [DIR]}. The texts go
 * into an Ignite cache. Each task reads one partition of the cache, on the node that has it. Further tasks merge what
 * they counted, four at a time.
 */
final class WordIndex {
    private static final int PARTITIONS = 16;
    private static final int FAN_IN = 4;

    static final Task<CachePartition<String, String>, WordCounts> COUNT = Task.named("count")
            .body(partition -> {
                try (Stream<Cache.Entry<String, String>> documents = partition.entries()) {
                    return WordCounts.merge(documents
                            .map(document -> WordCounts.of(document.getKey(), document.getValue()))
                            .toList());
                }
            });

    static final Task<List<WordCounts>, WordCounts> MERGE = Task.named("merge").body(WordCounts::merge);

    /** Takes texts by the names of their documents. */
    static final Flow<Map<String, String>, WordCounts> WORD_INDEX =
            Flow.named("word-index").body(WordIndex::index);

    private WordIndex() {}

    private static WordCounts index(FlowRun run, Map<String, String> texts) {
        String cache = "documents-" + run.id();
        run.submitAction("load", () -> here().createCache(settings(cache)).putAll(texts))
                .result();
        try {
            return run.reduce(run.mapPartitions(cache, COUNT), FAN_IN, MERGE).result();
        } finally {
            run.submitAction("drop", () -> here().destroyCache(cache));
        }
    }

    /** Returns the node of the running task. */
    private static Ignite here() {
        return TaskContext.current().orElseThrow().ignite();
    }

    private static CacheConfiguration<String, String> settings(String cache) {
        return new CacheConfiguration<String, String>(cache)
                .setBackups(1)
                .setAffinity(new RendezvousAffinityFunction(false, PARTITIONS));
    }

    /** Runs the example and returns its exit code. */
    static int run(List<String> args, TaskRunner taskRunner) {
        Map<String, String> texts = textsIn(Path.of(args.isEmpty() ? "docs" : args.get(0)));
        System.out.print(WORD_INDEX.withTaskRunner(taskRunner).run(texts).table());
        return 0;
    }

    private static Map<String, String> textsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("'" + directory + "' is no directory; give one that holds documents");
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .collect(toMap(file -> directory.relativize(file).toString(), WordIndex::textOf));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
