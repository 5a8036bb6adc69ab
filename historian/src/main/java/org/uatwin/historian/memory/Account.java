package org.uatwin.historian.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one store, shared by its series. */
final class Account {
    final AtomicLong bytes = new AtomicLong();
    final LongAdder stored = new LongAdder();
    final LongAdder appended = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder expired = new LongAdder();
    final LongAdder displaced = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder reads = new LongAdder();
}
