package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.junit.jupiter.api.Test;

/** OPC UA Part 4, 5.14.1.1: a client that sees a gap asks for the message again and gets its values twice. */
class PublishOrderTest {
    private final PublishOrder order = new PublishOrder();
    private final Object subscription = new Object();
    private final List<Integer> written = new ArrayList<>();

    private void send(Object of, long number, boolean isKeepAlive) {
        ExtensionObject[] data = isKeepAlive ? new ExtensionObject[0] : new ExtensionObject[1];
        NotificationMessage message = new NotificationMessage(uint(number), DateTime.now(), data);
        order.send(of, message, () -> written.add((int) number * (isKeepAlive ? -1 : 1)));
    }

    @Test
    void overtakenMessagesAreWrittenInOrder() {
        Random random = new Random(7);
        List<Integer> window = new ArrayList<>();
        for (int number = 1; number <= 1000; number++) {
            window.add(number);
            if (window.size() == 5 || number == 1000) {
                Collections.shuffle(window, random);
                window.forEach(n -> send(subscription, n, false));
                window.clear();
            }
        }
        assertThat(written).isEqualTo(IntStream.rangeClosed(1, 1000).boxed().toList());
    }

    // A keep-alive names the number of the next message; ahead of the last one it would look like a gap.
    @Test
    void keepAliveWaitsForTheMessagesBeforeIt() {
        send(subscription, 1, true);
        send(subscription, 2, false);
        send(subscription, 3, true);
        assertThat(written).containsExactly(-1);
        send(subscription, 1, false);
        assertThat(written).containsExactly(-1, 1, 2, -3);
    }

    @Test
    void aMessageThatNeverComesDoesNotHoldTheRestForEver() {
        for (int number = 2; number <= 2 + PublishOrder.MOST_HELD; number++) {
            send(subscription, number, false);
        }
        send(subscription, 3 + PublishOrder.MOST_HELD, false);
        assertThat(written)
                .isEqualTo(IntStream.rangeClosed(2, 3 + PublishOrder.MOST_HELD)
                        .boxed()
                        .toList());
    }

    @Test
    void subscriptionsDoNotWaitForEachOther() {
        send(subscription, 2, false);
        send(new Object(), 1, false);
        assertThat(written).containsExactly(1);
    }

    @Test
    void theNumberAfterTheLargestIsOne() {
        Object other = new Object();
        IntStream.rangeClosed(0, PublishOrder.MOST_HELD).forEach(i -> send(other, 0xFFFF_FFFFL - 16 + i, false));
        written.clear();
        send(other, 1, false);
        send(other, 2, false);
        assertThat(written).containsExactly(1, 2);
    }
}
