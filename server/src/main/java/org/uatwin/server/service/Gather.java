package org.uatwin.server.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of one request's entries in request order: those that came, and at the deadline a substitute for each that
 * did not. One timer per request, none when every entry is answered at once.
 */
final class Gather<T> {
    private final AtomicReferenceArray<T> results;
    private final AtomicInteger missing;
    private final CompletableFuture<List<T>> all = new CompletableFuture<>();
    private final Function<Throwable, T> onError;
    private volatile @Nullable ScheduledFuture<?> timeout;

    private Gather(int size, Function<Throwable, T> onError) {
        this.results = new AtomicReferenceArray<>(size);
        this.missing = new AtomicInteger(size);
        this.onError = onError;
    }

    /**
     * @param late the result of an entry that did not answer in time.
     * @param onError the result of an entry that failed with an exception.
     */
    static <T> CompletableFuture<List<T>> all(
            List<? extends CompletionStage<T>> entries,
            Deadline deadline,
            ScheduledExecutorService timer,
            T late,
            Function<Throwable, T> onError) {
        Gather<T> gather = new Gather<>(entries.size(), onError);
        for (int i = 0; i < entries.size(); i++) {
            int index = i;
            entries.get(i).whenComplete((result, error) -> gather.answer(index, result, error));
        }
        if (!gather.all.isDone()) {
            long nanos = Math.max(0, deadline.remaining().toNanos());
            ScheduledFuture<?> timeout = timer.schedule(() -> gather.fill(late), nanos, TimeUnit.NANOSECONDS);
            gather.timeout = timeout;
            if (gather.all.isDone()) {
                timeout.cancel(false);
            }
        }
        return gather.all;
    }

    private void answer(int index, T result, Throwable error) {
        set(index, error == null && result != null ? result : onError.apply(error));
    }

    private void fill(T late) {
        for (int i = 0; i < results.length(); i++) {
            set(i, late);
        }
    }

    private void set(int index, T result) {
        if (results.compareAndSet(index, null, result) && missing.decrementAndGet() == 0) {
            List<T> list = new ArrayList<>(results.length());
            for (int i = 0; i < results.length(); i++) {
                list.add(results.get(i));
            }
            ScheduledFuture<?> timer = timeout;
            if (timer != null) {
                timer.cancel(false);
            }
            all.complete(list);
        }
    }
}
