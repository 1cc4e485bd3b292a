package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests when a mailbox knows that its session has received a note. */
final class MailboxTest {
    private final Mailbox mailbox = new Mailbox();
    private final CallUpdate note = new CallUpdate.RunsAlone("key", List.of());

    @Test
    void noteIsReceivedOnceTheSessionHasGotTheReplyThatTookIt() {
        mailbox.take();
        CompletableFuture<Void> received = mailbox.postReceived(note);
        mailbox.onReceived(1);
        assertThat(received).isNotDone();

        assertThat(mailbox.take()).containsExactly(note);
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
}
