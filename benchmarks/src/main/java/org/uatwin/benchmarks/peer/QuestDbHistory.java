package org.uatwin.benchmarks.peer;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.WalWriter;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * QuestDB 9.3.4 embedded, as its Java guide shows it: a WAL table partitioned by day with an indexed symbol for the tag. A
 * commit is safe against the process ending, not against the power going (its default). The job that makes rows readable
 * runs on the writing thread, every hundred commits: an embedded engine runs none of its own.
 */
public final class QuestDbHistory implements HistoryPeer {
    private static final int COMMITS_PER_APPLY = 100;

    private final CairoEngine engine;
    private final SqlExecutionContextImpl context;
    private final ApplyWal2TableJob apply;
    private final WalWriter writer;
    private int commits;

    public QuestDbHistory(Path directory) throws SqlException, IOException {
        quiet(directory);
        engine = new CairoEngine(new DefaultCairoConfiguration(directory.toString()));
        context = new SqlExecutionContextImpl(engine, 1).with(AllowAllSecurityContext.INSTANCE);
        engine.execute(
                "CREATE TABLE history (tag SYMBOL CAPACITY 16384 INDEX, value DOUBLE, status INT, time TIMESTAMP)"
                        + " timestamp(time) PARTITION BY DAY WAL",
                context);
        apply = new ApplyWal2TableJob(engine, 0);
        writer = engine.getWalWriter(engine.verifyTableName("history"));
    }

    /** Its log goes to the console by default, a line or two for each query. */
    private static void quiet(Path directory) throws IOException {
        Path file = directory.resolve("log.conf");
        Files.writeString(
                file, "writers=stdout\nw.stdout.class=io.questdb.log.LogConsoleWriter\nw.stdout.level=ERROR\n");
        System.setProperty("out", file.toString());
    }

    @Override
    public void append(long micros, String[] tags, double[] values, int[] statuses) {
        for (int t = 0; t < tags.length; t++) {
            TableWriter.Row row = writer.newRow(micros);
            row.putSym(0, tags[t]);
            row.putDouble(1, values[t]);
            row.putInt(2, statuses[t]);
            row.append();
        }
        writer.commit();
        if (++commits % COMMITS_PER_APPLY == 0) {
            apply.drain(0);
        }
    }

    @Override
    public void finish() {
        apply.drain(0);
    }

    @Override
    public int read(String tag, int tagIndex, long from, long until) throws SqlException {
        int rows = 0;
        double sum = 0;
        String query = "SELECT time, value, status FROM history WHERE tag = '" + tag + "' AND time >= " + from
                + " AND time < " + until;
        try (RecordCursorFactory factory = engine.select(query, context);
                RecordCursor cursor = factory.getCursor(context)) {
            while (cursor.hasNext()) {
                sum += cursor.getRecord().getDouble(1);
                rows++;
            }
        }
        return Double.isNaN(sum) ? -1 : rows;
    }

    @Override
    public void close() {
        writer.close();
        apply.close();
        context.close();
        engine.close();
    }
}
