package org.uatwin.benchmarks.peer;

/** What stores of past values are asked in the benchmark. One thread. */
public interface HistoryPeer extends AutoCloseable {
    /** One value of every tag, committed. */
    void append(long micros, String[] tags, double[] values, int[] statuses) throws Exception;

    /** Returns when everything can be read. */
    void finish() throws Exception;

    /** Reads one tag's values, statuses and times in between; answers how many there were. */
    int read(String tag, int tagIndex, long fromMicros, long untilMicros) throws Exception;

    @Override
    void close() throws Exception;
}
