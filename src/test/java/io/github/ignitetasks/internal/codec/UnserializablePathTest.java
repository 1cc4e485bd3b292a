package io.github.ignitetasks.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.local.SequentialTaskRunner;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"serial", "UnusedVariable"}) // the test writes objects that are not serializable
final class UnserializablePathTest {
    private static final String CULPRIT = Connection.class.getName() + " is not serializable";
    private static final String HERE = UnserializablePathTest.class.getName();

    /** A class that is not serializable. */
    private static final class Connection {}

    /** Another class that is not serializable. Only a transient field refers to it, so it causes no error. */
    private static final class Logger {}

    private record Request(String page, @Nullable Object connection) implements Serializable {}

    private static class Client implements Serializable {
        private final transient Logger logger = new Logger();
        private final int retries = 3;
        private final Connection connection = new Connection();
    }

    private static final class NamedClient extends Client {
        private final String name = "named";
    }

    private static final class ClientList extends ArrayList<String> {
        private final Connection connection = new Connection();
    }

    private static final class Node implements Serializable {
        private @Nullable Node next;
        private @Nullable Object content;
    }

    private interface Call extends Supplier<Object>, Serializable {}

    @Test
    void objectItselfIsNamedByItsClassAlone() {
        assertThat(messageOf(new Connection())).isEqualTo(CULPRIT);
    }

    @Test
    void fieldIsNamedWithItsClass() {
        assertThat(messageOf(new Client()))
                .isEqualTo(CULPRIT + ": it is field 'connection' of " + Client.class.getName());
    }

    @Test
    void fieldThatIsInheritedIsNamedWithTheClassThatDeclaresIt() {
        assertThat(messageOf(new NamedClient()))
                .isEqualTo(CULPRIT + ": it is field 'connection' of " + Client.class.getName());
    }

    @Test
    void componentOfARecordIsNamedAsAField() {
        assertThat(messageOf(new Request("home", new Connection())))
                .isEqualTo(CULPRIT + ": it is field 'connection' of " + Request.class.getName());
    }

    @Test
    void nestedFieldsAreNamedFromTheInnermostOut() {
        assertThat(messageOf(new Request("home", new Client())))
                .isEqualTo(CULPRIT + ": it is field 'connection' of " + Client.class.getName()
                        + ", in field 'connection' of " + Request.class.getName());
    }

    @Test
    void elementIsNamedWithTheTypeOfItsList() {
        assertThat(messageOf(new ArrayList<>(List.of("fine", new Connection()))))
                .isEqualTo(CULPRIT + ": it is an element of a java.util.ArrayList");
    }

    @Test
    void elementOfAnArrayIsNamed() {
        assertThat(messageOf(new Object[] {"fine", new Connection()}))
                .isEqualTo(CULPRIT + ": it is an element of an array");
    }

    @Test
    void keyAndValueOfAMapAreToldApart() {
        assertThat(messageOf(new HashMap<>(Map.of(new Connection(), "fine"))))
                .isEqualTo(CULPRIT + ": it is a key of a java.util.HashMap");
        assertThat(messageOf(new HashMap<>(Map.of("fine", new Connection()))))
                .isEqualTo(CULPRIT + ": it is a value of a java.util.HashMap");
    }

    @Test
    void fieldOfACollectionOfOnesOwnIsNamed() {
        assertThat(messageOf(new ClientList()))
                .isEqualTo(CULPRIT + ": it is field 'connection' of " + ClientList.class.getName());
    }

    @Test
    void captureIsNamedByNumberTypeAndEnclosingMethod() {
        String fine = "fine";
        Client client = new Client();
        Call call = () -> fine + client;

        assertThat(messageOf(call))
                .isEqualTo(CULPRIT + ": it is field 'connection' of " + Client.class.getName()
                        + ", in captured argument 2 (" + Client.class.getName() + ") of the lambda in " + HERE
                        + ".captureIsNamedByNumberTypeAndEnclosingMethod");
    }

    @Test
    void captureOfALambdaInALambdaIsNamedThroughBoth() {
        Connection connection = new Connection();
        Call inner = () -> connection;
        Call outer = () -> inner.get();

        assertThat(messageOf(outer))
                .startsWith(
                        CULPRIT + ": it is captured argument 1 (" + Connection.class.getName() + ") of the lambda in "
                                + HERE + ".captureOfALambdaInALambdaIsNamedThroughBoth, in captured argument 1 (")
                .endsWith(") of the lambda in " + HERE + ".captureOfALambdaInALambdaIsNamedThroughBoth");
    }

    @Test
    void testThatALambdaTakesAlongUnseenIsNamed() {
        Call call = () -> this;

        assertThat(messageOf(call))
                .isEqualTo(HERE + " is not serializable: it is captured argument 1 (" + HERE + ") of the lambda in "
                        + HERE + ".testThatALambdaTakesAlongUnseenIsNamed");
    }

    @Test
    void futureBesideTheCulpritIsNotBlamed() {
        try (TaskSession session = SequentialTaskRunner.create().start()) {
            TaskFuture<Integer> future = session.submit("one", () -> 1);
            List<Object> both = Arrays.asList(future, TaskFuture.all(List.of(future)), new Connection());

            assertThat(messageOf(new ArrayList<>(both)))
                    .isEqualTo(CULPRIT + ": it is an element of a java.util.ArrayList");
        }
    }

    @Test
    void cycleEnds() {
        Node first = new Node();
        Node second = new Node();
        first.next = second;
        second.next = first;
        second.content = new Connection();

        assertThat(messageOf(first))
                .isEqualTo(CULPRIT + ": it is field 'content' of " + Node.class.getName() + ", in field 'next' of "
                        + Node.class.getName());
    }

    @Test
    void wayThatIsTooDeepIsLeftOut() {
        Object deep = new Connection();
        for (int i = 0; i < 200; i++) {
            deep = new ArrayList<>(Collections.singletonList(deep));
        }

        assertThat(messageOf(deep)).isEqualTo(CULPRIT);
    }

    @Test
    void optionalIsNamedByItsClass() {
        assertThat(messageOf(new Request("home", Optional.of("x"))))
                .isEqualTo("java.util.Optional is not serializable: it is field 'connection' of "
                        + Request.class.getName());
    }

    private static String messageOf(Object object) {
        String[] message = new String[1];
        assertThatExceptionOfType(NotSerializableException.class)
                .isThrownBy(() -> ObjectWriter.write(object))
                .satisfies(e -> message[0] = String.valueOf(e.getMessage()))
                .havingCause()
                .isInstanceOf(NotSerializableException.class);
        return message[0];
    }
}
