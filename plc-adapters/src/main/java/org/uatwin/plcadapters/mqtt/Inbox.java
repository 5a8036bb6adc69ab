package org.uatwin.plcadapters.mqtt;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What others leave for the link's thread: messages in a bounded queue that drops its oldest when it is full, and
 * events (connected, answers, writes), which are bounded by those who cause them. Any thread puts, one thread takes.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock
final class Inbox {
    /** A message as it arrived; nobody changes the payload. */
    static final class Message {
        private final String topic;
        private final byte[] payload;
        private final boolean isRetained;

        Message(String topic, byte[] payload, boolean isRetained) {
            this.topic = topic;
            this.payload = payload;
            this.isRetained = isRetained;
        }

        String topic() {
            return topic;
        }

        byte[] payload() {
            return payload;
        }

        boolean isRetained() {
            return isRetained;
        }
    }

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<Message> messages; // guarded by lock, as all below
    private final ArrayDeque<Runnable> events = new ArrayDeque<>();
    private boolean isWaiting;
    private volatile long dropped;
    private volatile int depth;

    Inbox(int capacity) {
        this.capacity = capacity;
        messages = new ArrayDeque<>(Math.min(capacity, 1024));
    }

    void put(Message message) {
        lock.lock();
        try {
            if (messages.size() >= capacity) { // the newest value is worth most
                messages.poll();
                dropped++;
            }
            messages.add(message);
            depth = messages.size();
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** @param event run by the link's thread, before further messages. */
    void put(Runnable event) {
        lock.lock();
        try {
            events.add(event);
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (isWaiting) {
            isWaiting = false;
            notEmpty.signal();
        }
    }

    @Nullable
    Runnable event() {
        lock.lock();
        try {
            return events.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Moves up to {@code most} messages into {@code to}. */
    void drain(ArrayDeque<Message> to, int most) {
        lock.lock();
        try {
            for (int i = 0; i < most; i++) {
                Message message = messages.poll();
                if (message == null) {
                    break;
                }
                to.add(message);
            }
            depth = messages.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when there is something to take, after {@code nanos}, or sooner for no reason. */
    @SuppressWarnings("WaitNotInLoop") // the caller looks and waits again
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            if (messages.isEmpty() && events.isEmpty() && nanos > 0) {
                isWaiting = true;
                notEmpty.awaitNanos(nanos);
                isWaiting = false;
            }
        } finally {
            lock.unlock();
        }
    }

    int depth() {
        return depth;
    }

    /** Messages dropped because the link did not keep up. */
    long dropped() {
        return dropped;
    }
}
