package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** The queue between the client's threads and the link's: bounded, newest kept, losses counted. */
class InboxTest {
    @Test
    void aFullInboxDropsTheOldestAndCounts() {
        Inbox inbox = new Inbox(100);
        for (int i = 0; i < 130; i++) {
            inbox.put(new Inbox.Message("t" + i, new byte[0], false));
        }
        assertThat(inbox.depth()).isEqualTo(100);
        assertThat(inbox.dropped()).isEqualTo(30);
        ArrayDeque<Inbox.Message> taken = new ArrayDeque<>();
        inbox.drain(taken, 60);
        assertThat(taken.getFirst().topic()).isEqualTo("t30");
        inbox.drain(taken, 60);
        assertThat(taken).hasSize(100);
        assertThat(taken.getLast().topic()).isEqualTo("t129");
    }

    @Test
    void eventsAreNeverDropped() {
        Inbox inbox = new Inbox(100);
        for (int i = 0; i < 300; i++) {
            inbox.put(() -> {});
        }
        int events = 0;
        while (inbox.event() != null) {
            events++;
        }
        assertThat(events).isEqualTo(300);
    }
}
