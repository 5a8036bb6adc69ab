package org.uatwin.historian.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistorySamples;
import org.uatwin.historian.store.RawQuery;

/** The samples of one tag: chunks in time order. Every method holds the series' own monitor. */
final class Series {
    private static final int SMALLEST = 8;
    private static final int LARGEST = 512;

    private final boolean isScalar;
    private final Account account;
    private final List<Chunk> chunks = new ArrayList<>(1); // guarded by this; no chunk is empty
    private int stored; // guarded by this
    private int spentTickets; // guarded by this: entries in the store's queue whose chunk has left already

    Series(boolean isScalar, Account account) {
        this.isScalar = isScalar;
        this.account = account;
    }

    /** Whether a value of that form belongs here; a Bad sample of a String or array may have none. */
    boolean takes(@Nullable Object object) {
        return !isScalar || object == null;
    }

    /** Stores one sample in time order, behind those of its time; returns the number of chunks made for it. */
    synchronized int append(long time, long receiveTime, long bits, @Nullable Object object, int status) {
        if (chunks.isEmpty()) {
            addChunk(0, SMALLEST);
            insert(chunks.get(0), 0, time, receiveTime, bits, object, status);
            return 1;
        }
        int last = chunks.size() - 1;
        if (time >= chunks.get(last).lastTime()) {
            int made = 0;
            if (chunks.get(last).isFull()) {
                addChunk(++last, Math.max(SMALLEST, Math.min(LARGEST, Integer.highestOneBit(stored))));
                made = 1;
            }
            Chunk chunk = chunks.get(last);
            insert(chunk, chunk.size(), time, receiveTime, bits, object, status);
            return made;
        }
        account.late.increment();
        return insertLate(time, receiveTime, bits, object, status);
    }

    private int insertLate(long time, long receiveTime, long bits, @Nullable Object object, int status) {
        int c = firstChunk(time, false); // behind every sample of its time, whichever chunk holds them
        Chunk chunk = chunks.get(c);
        int made = 0;
        if (chunk.isFull()) {
            Chunk upper = addChunk(c + 1, chunk.capacity());
            int half = chunk.size() / 2;
            long before = chunk.bytes() + upper.bytes();
            chunk.copyTo(upper, half);
            chunk.dropFrom(half);
            Chunk lower = new Chunk(chunk.capacity(), isScalar);
            chunk.copyTo(lower, 0);
            chunks.set(c, lower);
            account.bytes.addAndGet(lower.bytes() + upper.bytes() - before);
            chunk = time >= upper.firstTime() ? upper : lower;
            made = 1;
        }
        insert(chunk, chunk.countUntil(time), time, receiveTime, bits, object, status);
        return made;
    }

    private Chunk addChunk(int at, int capacity) {
        Chunk chunk = new Chunk(capacity, isScalar);
        chunks.add(at, chunk);
        account.bytes.addAndGet(chunk.bytes());
        return chunk;
    }

    private void insert(Chunk chunk, int i, long time, long receive, long bits, @Nullable Object object, int status) {
        long before = chunk.bytes();
        chunk.insert(i, time, receive, bits, object, status);
        account.bytes.addAndGet(chunk.bytes() - before);
        account.stored.increment();
        stored++;
    }

    /** Index of the first chunk whose last time is at (or, if not inclusive, after) {@code time} or later. */
    private int firstChunk(long time, boolean isInclusive) {
        int low = 0;
        int high = chunks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            long last = chunks.get(middle).lastTime();
            if (isInclusive ? last < time : last <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Forgets what is older than {@code edge}, except the sample that was valid at it. */
    synchronized void expire(long edge) {
        while (chunks.size() > 1 && chunks.get(1).firstTime() <= edge) {
            account.expired.add(removeFirst());
            spentTickets++;
        }
        if (!chunks.isEmpty()) {
            Chunk chunk = chunks.get(0);
            int gone = chunk.countUntil(edge) - 1;
            if (gone > 0) {
                account.expired.add(gone);
                shorten(chunk, gone);
            }
        }
    }

    private int removeFirst() {
        Chunk chunk = chunks.remove(0);
        account.bytes.addAndGet(-chunk.bytes());
        account.stored.add(-chunk.size());
        stored -= chunk.size();
        return chunk.size();
    }

    private void shorten(Chunk chunk, int count) {
        long before = chunk.bytes();
        chunk.dropFirst(count);
        account.bytes.addAndGet(chunk.bytes() - before);
        account.stored.add(-count);
        stored -= count;
    }

    /** Whether the ticket taken from the store's queue belongs to a chunk that left already; uses it up. */
    synchronized boolean spendTicket() {
        if (spentTickets == 0) {
            return false;
        }
        spentTickets--;
        return true;
    }

    /**
     * Gives memory back, oldest samples first: the oldest chunk, or of an only chunk all but a few samples.
     *
     * @return whether the only chunk stays, so that its ticket must be kept.
     */
    synchronized boolean displace() {
        if (chunks.size() > 1) {
            account.displaced.add(removeFirst());
            return false;
        }
        Chunk chunk = chunks.get(0);
        if (chunk.capacity() > SMALLEST) {
            int gone = Math.max(0, chunk.size() - SMALLEST / 2);
            account.displaced.add(gone);
            shorten(chunk, gone);
            Chunk small = new Chunk(SMALLEST, isScalar);
            chunk.copyTo(small, 0);
            chunks.set(0, small);
            account.bytes.addAndGet(small.bytes() - chunk.bytes());
        }
        return true;
    }

    synchronized HistoryPage read(RawQuery query) {
        return query.isForward() ? readForward(query) : readReverse(query);
    }

    private HistoryPage readForward(RawQuery query) {
        int c = firstChunk(query.from(), true);
        HistorySamples.Builder page = new HistorySamples.Builder(Math.min(query.limit(), stored));
        int i = c < chunks.size() ? chunks.get(c).countBefore(query.from()) : 0;
        int skip = query.skip();
        for (; c < chunks.size(); c++, i = 0) {
            Chunk chunk = chunks.get(c);
            for (; i < chunk.size(); i++) {
                long time = chunk.time(i);
                if (skip > 0 && time == query.from()) {
                    skip--;
                } else if (query.isBeyond(time)) {
                    return HistoryPage.of(query, page.build(), false);
                } else if (page.size() == query.limit()) {
                    return HistoryPage.of(query, page.build(), true);
                } else {
                    add(page, chunk, i);
                }
            }
        }
        return HistoryPage.of(query, page.build(), false);
    }

    private HistoryPage readReverse(RawQuery query) {
        int c = Math.min(firstChunk(query.from(), false), chunks.size() - 1);
        HistorySamples.Builder page = new HistorySamples.Builder(Math.min(query.limit(), stored));
        int i = c >= 0 ? chunks.get(c).countUntil(query.from()) - 1 : 0;
        int skip = query.skip();
        while (c >= 0) {
            Chunk chunk = chunks.get(c);
            for (; i >= 0; i--) {
                long time = chunk.time(i);
                if (skip > 0 && time == query.from()) {
                    skip--;
                } else if (query.isBeyond(time)) {
                    return HistoryPage.of(query, page.build(), false);
                } else if (page.size() == query.limit()) {
                    return HistoryPage.of(query, page.build(), true);
                } else {
                    add(page, chunk, i);
                }
            }
            c--;
            i = c >= 0 ? chunks.get(c).size() - 1 : 0;
        }
        return HistoryPage.of(query, page.build(), false);
    }

    private static void add(HistorySamples.Builder page, Chunk chunk, int i) {
        page.add(chunk.time(i), chunk.receiveTime(i), chunk.bits(i), chunk.object(i), chunk.status(i));
    }

    synchronized OptionalLong oldest() {
        return chunks.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(chunks.get(0).firstTime());
    }

    synchronized OptionalLong newest() {
        return chunks.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(chunks.get(chunks.size() - 1).lastTime());
    }
}
