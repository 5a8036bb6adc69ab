package org.uatwin.certs.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.uatwin.certs.ManualTime;

class LogonThrottleTest {
    private final ManualTime time = new ManualTime();
    private final LogonThrottle throttle = new LogonThrottle(time);

    @Test
    void waitDoublesUpToAMinute() {
        for (int i = 0; i < 4; i++) {
            throttle.failed("x");
            assertThat(throttle.lockedUntil("x")).isEmpty();
        }
        for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60, 60}) {
            throttle.failed("x");
            Instant until = time.instant().plusSeconds(seconds);
            assertThat(throttle.lockedUntil("x")).contains(until);
            time.advance(Duration.ofSeconds(seconds));
            assertThat(throttle.lockedUntil("x")).isEmpty();
        }
    }

    @Test
    void failuresAreForgottenAfterAQuarterOfAnHour() {
        for (int i = 0; i < 4; i++) {
            throttle.failed("x");
        }
        time.advance(Duration.ofMinutes(16));
        throttle.failed("x");
        assertThat(throttle.lockedUntil("x")).isEmpty();
    }

    /** Invented names must not fill the memory. */
    @Test
    void namesAreBounded() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("first");
        }
        assertThat(throttle.lockedUntil("first")).isPresent();
        for (int i = 0; i < LogonThrottle.MAX_NAMES; i++) {
            throttle.failed("n" + i);
        }
        assertThat(throttle.lockedUntil("first")).isEmpty();
    }
}
