package org.uatwin.plcadapters.modbus;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.VirtualTime;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A link whose loop the test steps itself. */
final class VirtualLink {
    static final long MS = 1_000_000L;

    final VirtualTime time;
    final FaultyLink wire;
    final Fixture fixture;
    final LinkEnvironment environment;
    final ModbusLink link;

    VirtualLink(Fixture fixture, boolean isMultiDrop) {
        this(fixture, isMultiDrop, new VirtualTime(), wire -> wire);
    }

    /** @param around what the loop gets instead of the bare wire. */
    VirtualLink(Fixture fixture, boolean isMultiDrop, VirtualTime time, UnaryOperator<Wire> around) {
        this.fixture = fixture;
        this.time = time;
        wire = new FaultyLink(time, isMultiDrop);
        environment = new LinkEnvironment(
                time.clock(),
                time::now,
                7,
                task -> {
                    throw new AssertionError("no thread is needed");
                },
                Runnable::run);
        link = LinkBuilder.build(fixture.connection(), fixture.opening(environment), around.apply(wire));
        link.begin();
    }

    long nowMs() {
        return time.now() / MS;
    }

    /** Runs the loop for so many milliseconds of virtual time. */
    void run(long ms) {
        long end = time.now() + ms * MS;
        while (time.now() < end) {
            step(end);
        }
    }

    private void step(long end) {
        long next = link.loop().step();
        if (next > time.now()) {
            time.advance(Math.min(next, end) - time.now());
        }
    }

    /**
     * Runs until the condition holds, checking after every step and every slice of a wait.
     *
     * @return virtual milliseconds it took.
     */
    long runUntil(BooleanSupplier condition, long atMostMs) {
        long start = time.now();
        long end = start + atMostMs * MS;
        long[] found = {Long.MAX_VALUE};
        wire.onSlice = () -> {
            if (found[0] == Long.MAX_VALUE && condition.getAsBoolean()) {
                found[0] = time.now();
            }
        };
        wire.onSlice.run();
        while (found[0] == Long.MAX_VALUE) {
            if (time.now() >= end) {
                throw new AssertionError("not within %d ms\n%s".formatted(atMostMs, tail()));
            }
            step(end);
            wire.onSlice.run();
        }
        wire.onSlice = () -> {};
        return (found[0] - start) / MS;
    }

    private String tail() {
        return wire.trace.substring(Math.max(0, wire.trace.length() - 2_000));
    }

    CompletableFuture<WriteResult> write(int row, long bits, @Nullable Object object, int first, long deadlineMs) {
        return link.write(new WriteCommand(row, bits, object, first, time.now() + deadlineMs * MS))
                .toCompletableFuture();
    }

    CompletableFuture<WriteResult> write(int row, long bits) {
        return write(row, bits, null, -1, 60_000);
    }

    WriteResult written(int row, long bits) {
        CompletableFuture<WriteResult> answer = write(row, bits);
        runUntil(answer::isDone, 10_000);
        return answer.join();
    }
}
