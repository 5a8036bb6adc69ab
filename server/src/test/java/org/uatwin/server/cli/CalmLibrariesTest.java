package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CalmLibrariesTest {
    private final AtomicLong now = new AtomicLong(42);
    private final CalmLibraries filter = new CalmLibraries(now::get);
    private final LoggerContext context = new LoggerContext();

    private boolean passes(String logger, Level level, String format) {
        Logger source = context.getLogger(logger);
        return filter.decide(null, source, level, format, null, null) == FilterReply.NEUTRAL;
    }

    /** A client must not fill the disk by making the same mistake again and again. */
    @Test
    void aSentenceOfALibraryComesOnceAMinute() {
        assertThat(passes("org.eclipse.milo.X", Level.ERROR, "Exception caught {}"))
                .isTrue();
        assertThat(passes("org.eclipse.milo.X", Level.ERROR, "Exception caught {}"))
                .isFalse();
        assertThat(passes("org.eclipse.milo.X", Level.ERROR, "something else {}"))
                .isTrue();
        assertThat(passes("org.eclipse.milo.Y", Level.WARN, "Exception caught {}"))
                .isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(passes("org.eclipse.milo.X", Level.ERROR, "Exception caught {}"))
                .isTrue();
    }

    @Test
    void ourOwnLinesAlwaysCome() {
        for (int i = 0; i < 3; i++) {
            assertThat(passes("org.uatwin.certs.user.UserDirectory", Level.WARN, "logon refused"))
                    .isTrue();
        }
    }

    /** Texts that are built are all different; the memory for them is bounded. */
    @Test
    void manySentencesAreForgotten() {
        assertThat(passes("lib", Level.WARN, "first")).isTrue();
        for (int i = 0; i < 2_000; i++) {
            assertThat(passes("lib", Level.WARN, "text " + i)).isTrue();
        }
        assertThat(passes("lib", Level.WARN, "first")).isTrue();
    }
}
