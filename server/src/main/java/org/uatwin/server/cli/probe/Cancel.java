package org.uatwin.server.cli.probe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C as a wish to stop: the first one sets {@link #isWanted}, runs a task that ends what is waiting, and holds the
 * process until the command has printed what it knows.
 */
final class Cancel implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch isPrinted = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean isWanted;

    /** @param wake ends a wait; any thread. */
    Cancel(Runnable wake) {
        hook = new Thread(() -> stop(wake), "cancel");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop(Runnable wake) {
        isWanted = true;
        wake.run();
        try {
            isPrinted.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isWanted() {
        return isWanted;
    }

    /** Everything is printed. */
    @Override
    public void close() {
        isPrinted.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it is running already, and is over now
        }
    }
}
