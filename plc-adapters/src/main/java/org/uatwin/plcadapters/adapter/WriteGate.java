package org.uatwin.plcadapters.adapter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Lets writes into a link: at most {@value #CAPACITY} at a time, each answered exactly once, at the latest shortly after
 * its deadline, on the environment's executor for answers. Any thread.
 */
public final class WriteGate {
    /** Writes waiting at one link before further ones are refused with Bad_TooManyOperations. */
    public static final int CAPACITY = 4096;

    private static final long ANSWER_GRACE_NS = 20_000_000;

    private final String link;
    private final LinkEnvironment environment;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    /** @param link its name, for messages. */
    public WriteGate(String link, LinkEnvironment environment) {
        this.link = link;
        this.environment = environment;
    }

    /** An answer at once. */
    public static CompletionStage<WriteResult> refusal(StatusCode status, String text) {
        return CompletableFuture.completedStage(new WriteResult(status, text));
    }

    /**
     * Takes a write in, or refuses it.
     *
     * @param answer completed by the link's thread, with whatever becomes of the write.
     * @param enqueue puts it into the link's queue; not called if it is refused.
     * @return what the caller of {@link Link#write} gets.
     */
    public CompletionStage<WriteResult> admit(
            WriteCommand command, CompletableFuture<WriteResult> answer, Runnable enqueue) {
        if (isClosed.get()) {
            return refusal(StatusCode.BAD_SHUTDOWN, link + ": link is closed");
        }
        long left = command.deadline() - environment.ticker().getAsLong();
        if (left <= 0) {
            return refusal(StatusCode.BAD_TIMEOUT, "the deadline has passed already");
        }
        if (waiting.incrementAndGet() > CAPACITY) {
            waiting.decrementAndGet();
            refused.incrementAndGet();
            return refusal(StatusCode.BAD_TOO_MANY_OPERATIONS, "%s: %d writes are waiting".formatted(link, CAPACITY));
        }
        WriteResult late = new WriteResult(
                StatusCode.BAD_TIMEOUT, link + ": no result before the deadline; the device may have carried it out");
        CompletableFuture<WriteResult> result = answer.completeOnTimeout(
                        late, left + ANSWER_GRACE_NS, TimeUnit.NANOSECONDS)
                .whenCompleteAsync((r, e) -> waiting.decrementAndGet(), environment.answers());
        enqueue.run();
        if (isClosed.get()) { // the link may have emptied its queue for the last time before
            answer.complete(new WriteResult(StatusCode.BAD_SHUTDOWN, link + ": link is closed"));
        }
        return result;
    }

    /** Refuses everything from now on; false if it did already. */
    public boolean close() {
        return isClosed.compareAndSet(false, true);
    }

    public boolean isClosed() {
        return isClosed.get();
    }

    /** Writes without an answer. */
    public int waiting() {
        return waiting.get();
    }

    /** Writes refused because too many were waiting. */
    public long refused() {
        return refused.get();
    }
}
