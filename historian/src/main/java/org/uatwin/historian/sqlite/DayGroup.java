package org.uatwin.historian.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.historian.codec.JournalCodec;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.TagDefinition;

/** The samples of one day that are committed together. Owned by the writing thread. */
final class DayGroup {
    private final JournalCodec.Writer journal;
    private final List<HistoryBatch> batches = new ArrayList<>();
    private int[] batchOf = new int[256];
    private int[] indexOf = new int[256];
    private int size;

    DayGroup(int expected) {
        journal = new JournalCodec.Writer(expected);
    }

    void add(HistoryBatch batch, int i, TagDefinition definition) {
        if (batches.isEmpty() || batches.get(batches.size() - 1) != batch) {
            batches.add(batch);
        }
        if (size == indexOf.length) {
            batchOf = Arrays.copyOf(batchOf, size * 2);
            indexOf = Arrays.copyOf(indexOf, size * 2);
        }
        batchOf[size] = batches.size() - 1;
        indexOf[size++] = i;
        journal.add(
                batch.tagId(i),
                definition.type(),
                batch.sourceTime(i),
                batch.receiveTime(i),
                batch.bits(i),
                batch.object(i),
                batch.statusBits(i));
    }

    int size() {
        return size;
    }

    HistoryBatch batch(int k) {
        return batches.get(batchOf[k]);
    }

    int index(int k) {
        return indexOf[k];
    }

    int tag(int k) {
        return batch(k).tagId(indexOf[k]);
    }

    byte[] journal(long day) {
        return journal.seal(day);
    }
}
