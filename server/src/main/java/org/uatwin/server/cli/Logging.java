package org.uatwin.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go. Console: calm lines on standard error, so that standard output stays what a command answers;
 * warnings, and for a server also what happens in the plant ({@code org.uatwin} at INFO). File: everything from INFO
 * up with time in UTC, thread and stack traces, in {@code DIR/log/uatwin.log}, a new file each day and every 20 MB,
 * 30 days and 500 MB at most. The library Milo is heard from WARN up.
 *
 * <p>A system property {@code logback.configurationFile} replaces all of it.
 */
public final class Logging {
    private static final String CONSOLE = "%d{HH:mm:ss} %-5level %msg%ex{0}%n";
    private static final String CONSOLE_DEBUG = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{24} %msg%n%ex";
    private static final String FILE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %logger{36} %msg%n%ex";
    private static final String FILE_SIZE = "20MB";
    private static final String TOTAL_SIZE = "500MB";
    private static final int DAYS = 30;

    private Logging() {}

    /** For the commands that ask and end: errors only, everything with {@code isDebug}. */
    public static void forTool(boolean isDebug) {
        LoggerContext context = begin();
        if (context == null) {
            return;
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(console(context, isDebug, isDebug ? Level.DEBUG : Level.ERROR));
        root.setLevel(isDebug ? Level.DEBUG : Level.ERROR);
        quietLibraries(context, isDebug);
        if (!isDebug) {
            context.getLogger("org.eclipse.milo").setLevel(Level.OFF); // its errors come back as exceptions
        }
    }

    /**
     * For a server.
     *
     * @param data data directory; {@code log/uatwin.log} is made in it.
     * @param isQuiet errors only on the console.
     */
    public static void forServer(Path data, boolean isQuiet, boolean isDebug) {
        LoggerContext context = begin();
        if (context == null) {
            return;
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(console(context, isDebug, isQuiet ? Level.ERROR : isDebug ? Level.DEBUG : Level.INFO));
        root.addAppender(file(context, data.resolve("log")));
        root.setLevel(isDebug ? Level.DEBUG : Level.INFO);
        quietLibraries(context, isDebug);
        if (!isDebug) {
            CalmLibraries calm = new CalmLibraries(System::nanoTime);
            calm.start();
            context.addTurboFilter(calm);
        }
    }

    private static void quietLibraries(LoggerContext context, boolean isDebug) {
        Level sdk = isDebug ? Level.INFO : Level.WARN;
        context.getLogger("org.eclipse.milo").setLevel(sdk);
        // Milo logs under the name of our subclass of its server: one line per endpoint.
        context.getLogger("org.uatwin.server.service.TwinServer").setLevel(sdk);
        // A refused client is reported by the certs module in one line, with the command that lets it in; Milo's own
        // report of it is a stack trace without a fix.
        context.getLogger("org.eclipse.milo.opcua.stack.transport.server").setLevel(isDebug ? Level.INFO : Level.OFF);
        context.getLogger("io.netty").setLevel(Level.WARN);
        context.getLogger("com.ghgande.j2mod").setLevel(Level.ERROR);
        context.getLogger("org.apache.plc4x")
                .setLevel(isDebug ? Level.INFO : Level.OFF); // its errors come back as exceptions
    }

    private static @org.jspecify.annotations.Nullable LoggerContext begin() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (System.getProperty("logback.configurationFile") != null || !(factory instanceof LoggerContext context)) {
            return null;
        }
        context.reset();
        return context;
    }

    private static Appender<ILoggingEvent> console(LoggerContext context, boolean isDebug, Level threshold) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName("console");
        appender.setTarget("System.err");
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(threshold.toString());
        filter.start();
        appender.addFilter(filter);
        return started(appender, context, isDebug ? CONSOLE_DEBUG : CONSOLE);
    }

    private static Appender<ILoggingEvent> file(LoggerContext context, Path folder) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setName("file");
        appender.setFile(folder.resolve("uatwin.log").toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(
                folder.resolve("uatwin.%d{yyyy-MM-dd,UTC}.%i.log.gz").toString());
        policy.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
        policy.setTotalSizeCap(FileSize.valueOf(TOTAL_SIZE));
        policy.setMaxHistory(DAYS);
        policy.start();
        appender.setRollingPolicy(policy);
        return started(appender, context, FILE);
    }

    private static Appender<ILoggingEvent> started(
            OutputStreamAppender<ILoggingEvent> appender, LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
