package org.uatwin.server.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what the server logs as ERROR or with a stack trace, with Milo's transport as silent as in the product. */
final class QuietLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String MILO_TRANSPORT = "org.eclipse.milo.opcua.stack.transport.server";

    private final List<String> loud = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger transport = (Logger) LoggerFactory.getLogger(MILO_TRANSPORT);

    QuietLog() {
        start();
        root.addAppender(this);
        transport.setLevel(Level.OFF);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR) || event.getThrowableProxy() != null) {
            loud.add(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage() + " "
                    + (event.getThrowableProxy() == null
                            ? ""
                            : event.getThrowableProxy().getClassName() + ": "
                                    + event.getThrowableProxy().getMessage()));
        }
    }

    List<String> loud() {
        return List.copyOf(loud);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        transport.setLevel(null);
        stop();
    }
}
