package org.uatwin.server.address;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Monitored items by row. The items of a row are read and changed on the lane of its shard only; rows of different
 * shards may be used at the same time. A block of rows costs memory only once one of them is monitored.
 */
final class RowItems {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final PushItem[] NONE = new PushItem[0];

    /** Items of one block of rows; elements owned by the lanes of their rows. */
    private static final class Chunk {
        final @Nullable PushItem[][] items = new PushItem[CHUNK][];
    }

    private final AtomicReferenceArray<@Nullable Chunk> chunks;

    /** @param rows number of rows of the table. */
    RowItems(int rows) {
        chunks = new AtomicReferenceArray<>((rows >> CHUNK_BITS) + 1);
    }

    /** The items of a row; not to be changed. */
    PushItem[] of(int row) {
        Chunk chunk = chunks.get(row >> CHUNK_BITS);
        PushItem[] items = chunk == null ? null : chunk.items[row & (CHUNK - 1)];
        return items == null ? NONE : items;
    }

    void add(PushItem item) {
        Chunk chunk = chunks.updateAndGet(item.row >> CHUNK_BITS, now -> now == null ? new Chunk() : now);
        PushItem[] old = of(item.row);
        PushItem[] grown = new PushItem[old.length + 1];
        System.arraycopy(old, 0, grown, 0, old.length);
        grown[old.length] = item;
        if (chunk != null) {
            chunk.items[item.row & (CHUNK - 1)] = grown;
        }
    }

    void remove(PushItem item) {
        Chunk chunk = chunks.get(item.row >> CHUNK_BITS);
        if (chunk == null) {
            return;
        }
        PushItem[] old = of(item.row);
        PushItem[] kept = java.util.Arrays.stream(old).filter(i -> i != item).toArray(PushItem[]::new);
        chunk.items[item.row & (CHUNK - 1)] = kept.length == 0 ? null : kept;
    }
}
