package org.uatwin.server.address;

import java.util.Arrays;
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

    private volatile @Nullable Chunk[] chunks = new Chunk[0]; // replaced under this

    private @Nullable Chunk chunk(int row) {
        @Nullable Chunk[] now = chunks;
        int index = row >> CHUNK_BITS;
        return index < now.length ? now[index] : null;
    }

    private synchronized Chunk grown(int row) {
        @Nullable Chunk[] now = chunks;
        int index = row >> CHUNK_BITS;
        Chunk known = index < now.length ? now[index] : null;
        if (known != null) {
            return known;
        }
        @Nullable Chunk[] next = Arrays.copyOf(now, Math.max(now.length, index + 1));
        Chunk made = new Chunk();
        next[index] = made;
        chunks = next;
        return made;
    }

    /** The items of a row; not to be changed. */
    PushItem[] of(int row) {
        Chunk chunk = chunk(row);
        PushItem[] items = chunk == null ? null : chunk.items[row & (CHUNK - 1)];
        return items == null ? NONE : items;
    }

    void add(PushItem item) {
        Chunk chunk = grown(item.row);
        PushItem[] old = of(item.row);
        PushItem[] grown = new PushItem[old.length + 1];
        System.arraycopy(old, 0, grown, 0, old.length);
        grown[old.length] = item;
        chunk.items[item.row & (CHUNK - 1)] = grown;
    }

    void remove(PushItem item) {
        Chunk chunk = chunk(item.row);
        if (chunk == null) {
            return;
        }
        PushItem[] old = of(item.row);
        PushItem[] kept = Arrays.stream(old).filter(i -> i != item).toArray(PushItem[]::new);
        chunk.items[item.row & (CHUNK - 1)] = kept.length == 0 ? null : kept;
    }
}
