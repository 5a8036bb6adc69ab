package org.uatwin.certs.expiry;

import java.time.Duration;
import java.time.Instant;
import org.uatwin.certs.store.CertificateInfo;

/**
 * The remaining life of one certificate.
 *
 * @param daysLeft whole days until notAfter, rounded down; negative once expired.
 */
public record Expiry(State state, long daysLeft) {
    /** How urgent it is. */
    public enum State {
        OK,
        /** Fewer than {@link #WARN_DAYS} days are left. */
        WARN,
        EXPIRED,
        NOT_YET_VALID
    }

    /** Two months: time enough for a CA of a large company to issue a new one. */
    public static final int WARN_DAYS = 60;

    public static Expiry of(CertificateInfo certificate, Instant now) {
        long daysLeft = Math.floorDiv(
                Duration.between(now, certificate.notAfter()).toSeconds(),
                Duration.ofDays(1).toSeconds());
        if (now.isAfter(certificate.notAfter())) {
            return new Expiry(State.EXPIRED, daysLeft);
        }
        if (now.isBefore(certificate.notBefore())) {
            return new Expiry(State.NOT_YET_VALID, daysLeft);
        }
        return new Expiry(daysLeft < WARN_DAYS ? State.WARN : State.OK, daysLeft);
    }
}
