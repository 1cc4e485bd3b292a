package io.github.ignitetasks.examples;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toMap;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How often words of six letters and more occur in documents.
 *
 * @param byPlace the counts, none of which is zero
 */
record WordCounts(Map<Place, Integer> byPlace) implements Serializable {
    private static final Pattern WORD = Pattern.compile("\\p{Alpha}{6,}");
    private static final int WORDS_SHOWN = 12;
    private static final int DOCUMENTS_SHOWN = 3;

    /** A word in a document. */
    record Place(String word, String document) implements Serializable {}

    static WordCounts of(String document, String text) {
        return new WordCounts(WORD.matcher(text)
                .results()
                .map(word -> new Place(word.group().toLowerCase(Locale.ROOT), document))
                .collect(toMap(place -> place, place -> 1, Integer::sum)));
    }

    static WordCounts merge(List<WordCounts> counts) {
        return new WordCounts(counts.stream()
                .flatMap(some -> some.byPlace.entrySet().stream())
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum)));
    }

    /** Returns the most frequent words, each with the documents that have most of it. */
    String table() {
        Map<String, Integer> totals = byPlace.entrySet().stream()
                .collect(groupingBy(entry -> entry.getKey().word(), summingInt(Map.Entry::getValue)));
        return highest(totals, WORDS_SHOWN)
                .map(total -> String.format(
                        Locale.ROOT, "%5d  %-12s  %s%n", total.getValue(), total.getKey(), places(total.getKey())))
                .collect(joining());
    }

    private String places(String word) {
        Map<String, Integer> inDocuments = byPlace.entrySet().stream()
                .filter(entry -> entry.getKey().word().equals(word))
                .collect(toMap(entry -> entry.getKey().document(), Map.Entry::getValue));
        return highest(inDocuments, DOCUMENTS_SHOWN)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(joining(", "));
    }

    private static Stream<Map.Entry<String, Integer>> highest(Map<String, Integer> counts, int limit) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit);
    }
}
