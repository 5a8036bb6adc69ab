package org.uatwin.simulation.discrete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private record Event(double time, int priority, int number) {}

    /** Equal times are frequent in lines of equal cycles; a heap alone would order them by accident. */
    @Test
    void eventsComeByTimeThenPriorityThenOrderOfScheduling() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            EventQueue queue = new EventQueue();
            List<Event> expected = new ArrayList<>();
            int n = random.nextInt(1, 300);
            for (int i = 0; i < n; i++) {
                Event event = new Event(random.nextInt(10), random.nextInt(3), i);
                expected.add(event);
                queue.schedule(event.time(), event.priority(), 0, i);
            }
            expected.sort(Comparator.comparingDouble(Event::time)
                    .thenComparingInt(Event::priority)
                    .thenComparingInt(Event::number));
            for (Event event : expected) {
                assertThat(queue.next()).isTrue();
                assertThat(queue.subject()).isEqualTo(event.number());
                assertThat(queue.now()).isEqualTo(event.time());
            }
            assertThat(queue.next()).isFalse();
        }
    }

    @Test
    void nothingIsScheduledIntoThePast() {
        EventQueue queue = new EventQueue();
        queue.schedule(5, 0, 0, 0);
        queue.next();
        assertThatThrownBy(() -> queue.schedule(4, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eventAllocatesNothing() {
        EventQueue queue = new EventQueue();
        for (int i = 0; i < 50; i++) {
            queue.schedule(i, 0, 0, i);
        }
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                queue.next();
                queue.schedule(queue.now() + 50, 0, 0, queue.subject());
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(2_000);
    }
}
