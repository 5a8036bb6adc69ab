package org.uatwin.certs.user;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows the guessing of passwords down, per user name: after 5 failures in a row the name is locked for 2 s, then 4 s, 8 s ... at
 * most 60 s. A minute makes guessing pointless (1 440 tries a day) and keeps a stranger from locking an operator out for long.
 * Failures are forgotten after a success, and 15 minutes after the last one.
 *
 * <p>At most {@value #MAX_NAMES} names are remembered; the one unused longest goes first. Thread-safe.
 */
final class LogonThrottle {
    static final int FREE_FAILURES = 5;
    static final int MAX_NAMES = 4_096;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration FORGET_AFTER = Duration.ofMinutes(15);

    private final InstantSource clock;

    private final Map<String, Failures> byName = // guarded by this
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MAX_NAMES;
                }
            };

    LogonThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** Until when logons of this name are refused; empty when they are not. */
    synchronized Optional<Instant> lockedUntil(String name) {
        Failures failures = byName.get(name);
        return failures != null && clock.instant().isBefore(failures.lockedUntil)
                ? Optional.of(failures.lockedUntil)
                : Optional.empty();
    }

    /** Notes a wrong password. Attempts while locked are not to be reported, or a stranger could keep a name locked. */
    synchronized void failed(String name) {
        Instant now = clock.instant();
        Failures before = byName.get(name);
        int count = before == null || now.isAfter(before.last.plus(FORGET_AFTER)) ? 1 : before.count + 1;
        Instant lockedUntil = now;
        if (count >= FREE_FAILURES) {
            int doublings = Math.min(count - FREE_FAILURES, 10);
            Duration wait = Duration.ofSeconds(2L << doublings);
            lockedUntil = now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        }
        byName.put(name, new Failures(count, now, lockedUntil));
    }

    synchronized void succeeded(String name) {
        byName.remove(name);
    }

    private record Failures(int count, Instant last, Instant lockedUntil) {}
}
