package io.github.ignitetasks.internal.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A deque whose elements have numbers that rise from the first to the last. Elements with numbers in a row share one
 * object for their numbers, so that a long deque takes little memory. Not safe to share.
 *
 * @param <E> the type of the elements
 */
final class NumberedDeque<E> {
    private final Deque<E> elements = new ArrayDeque<>();
    private final Deque<Run> runs = new ArrayDeque<>();

    /** Numbers in a row, at least one. */
    private static final class Run {
        private long first;
        private long last;

        Run(long number) {
            first = number;
            last = number;
        }
    }

    /**
     * An element with its number.
     *
     * @param <E> the type of the element
     */
    record Numbered<E>(E element, long number) {}

    /** Adds an element whose number is higher than all others. */
    void addLast(E element, long number) {
        elements.addLast(element);
        Run run = runs.peekLast();
        if (run != null && run.last + 1 == number) {
            run.last = number;
        } else {
            runs.addLast(new Run(number));
        }
    }

    /** Adds an element whose number is lower than all others. */
    void addFirst(E element, long number) {
        elements.addFirst(element);
        Run run = runs.peekFirst();
        if (run != null && run.first - 1 == number) {
            run.first = number;
        } else {
            runs.addFirst(new Run(number));
        }
    }

    /** Returns the number of the first element, which must be there. */
    long firstNumber() {
        return runs.getFirst().first;
    }

    /** Removes the first element, which must be there. */
    E removeFirst() {
        Run run = runs.getFirst();
        if (run.first == run.last) {
            runs.removeFirst();
        } else {
            run.first++;
        }
        return elements.removeFirst();
    }

    /** Returns whether there is no element. */
    boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Returns a copy of all elements with their numbers, in their order. */
    List<Numbered<E>> all() {
        List<Numbered<E>> all = new ArrayList<>(elements.size());
        Iterator<E> element = elements.iterator();
        for (Run run : runs) {
            for (long number = run.first; number <= run.last; number++) {
                all.add(new Numbered<>(element.next(), number));
            }
        }
        return all;
    }
}
