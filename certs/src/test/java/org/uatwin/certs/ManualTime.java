package org.uatwin.certs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when a test says so; also the monotonic ticker. */
public final class ManualTime implements InstantSource {
    private volatile Instant now = TestCertificates.NOW; // written under the lock of this

    @Override
    public Instant instant() {
        return now;
    }

    public long nanoTime() {
        return Duration.between(TestCertificates.NOW, now).toNanos();
    }

    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }
}
