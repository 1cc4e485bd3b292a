package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests when a mailbox knows that its session has received a note. */
final class MailboxTest {
    private static final long INLINE = 64 << 20;

    private final Mailbox mailbox = new Mailbox();
    private final CallUpdate note = new CallUpdate.RunsAlone("key", List.of());

    @Test
    void noteIsReceivedOnceTheSessionHasGotTheReplyThatTookIt() {
        mailbox.take(INLINE);
        CompletableFuture<Void> received = mailbox.postReceived(note);
        mailbox.onReceived(1);
        assertThat(received).isNotDone();

        assertThat(mailbox.take(INLINE)).containsExactly(note);
        assertThat(received).isNotDone();
        mailbox.onReceived(2);

        assertThat(received).isCompleted();
    }

    @Test
    void sessionThatHasLeftIsNotWaitedFor() {
        CompletableFuture<Void> before = mailbox.postReceived(note);

        mailbox.close();

        assertThat(before).isCompleted();
        assertThat(mailbox.postReceived(note)).isCompleted();
    }

    @Test
    void notesAreNothingThatASessionMustTake() {
        mailbox.post(List.of(note, new CallUpdate.Paused("key")));
        assertThat(mailbox.isEmpty()).isTrue();

        mailbox.post(List.of(new CallUpdate.Returned("key")));
        assertThat(mailbox.isEmpty()).isFalse();
    }

    @Test
    void onlyTheLatestProgressOfACallIsTakenAndItGoesBeforeTheState() {
        CallUpdate.Progress latest = new CallUpdate.Progress("key", 2, Optional.empty());
        CallUpdate.Progress other = new CallUpdate.Progress("other", 1, Optional.empty());
        CallUpdate told = new CallUpdate.Told("key", new byte[1]);
        mailbox.post(new CallUpdate.Progress("key", 1, Optional.empty()));
        mailbox.post(other);
        mailbox.post(List.of(told));
        mailbox.post(latest);

        assertThat(mailbox.take(INLINE)).containsExactly(latest, other, told);
        assertThat(mailbox.take(INLINE)).isEmpty();
    }

    @Test
    void replyTakesNoMoreStatesThanFitIntoOneAndTheRestFollowsInOrder() {
        CallUpdate first = new CallUpdate.Told("first", new byte[10 << 20]);
        CallUpdate second = new CallUpdate.Told("second", new byte[10 << 20]);
        CallUpdate third = new CallUpdate.Told("third", new byte[1]);
        CallUpdate returned = new CallUpdate.Returned("returned");
        mailbox.post(List.of(first, second, third, returned));

        assertThat(mailbox.take(INLINE)).containsExactly(first, second, returned);
        assertThat(mailbox.isEmpty()).isFalse();
        assertThat(mailbox.take(INLINE)).containsExactly(third);
        assertThat(mailbox.isEmpty()).isTrue();
    }

    @Test
    void statesThatAreNoResultsAreSentWholeAndCountWhole() {
        byte[] failed = new byte[20 << 20];
        failed[0] = 1;
        CallUpdate first = new CallUpdate.Told("first", failed);
        CallUpdate second = new CallUpdate.Told("second", failed);
        mailbox.post(List.of(first, second));

        assertThat(StateRecord.type(failed)).isEqualTo(StateType.FAILED);
        assertThat(mailbox.take(1)).containsExactly(first);
        assertThat(mailbox.take(1)).containsExactly(second);
    }

    @Test
    void statesWhoseResultsStayOnTheGridAllFitIntoOneReply() {
        List<CallUpdate> large = List.of(
                new CallUpdate.Told("first", new byte[20 << 20]), new CallUpdate.Told("second", new byte[20 << 20]));
        mailbox.post(large);

        assertThat(mailbox.take(1)).isEqualTo(large);
    }
}
