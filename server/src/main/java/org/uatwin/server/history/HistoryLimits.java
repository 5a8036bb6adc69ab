package org.uatwin.server.history;

/**
 * What a HistoryRead may take. Announced as they are ({@link HistoryCapabilities}, OperationLimits).
 *
 * @param valuesPerPage most values of one node in one response (MaxReturnDataValues).
 * @param bytesPerResponse what the values of all nodes of one response may take, encoded; larger pages are cut.
 * @param nodesPerRead most nodes of one request (MaxNodesPerHistoryReadData).
 * @param continuationPoints most open continuation points of one session (MaxHistoryContinuationPoints), at least
 *     {@code nodesPerRead}, so that one response never makes its own points invalid; at most 65535.
 * @param threads threads that read the store.
 * @param queuedReads entries that may wait for them, at least {@code nodesPerRead}; one more answers
 *     Bad_ResourceUnavailable.
 */
public record HistoryLimits(
        int valuesPerPage,
        int bytesPerResponse,
        int nodesPerRead,
        int continuationPoints,
        int threads,
        int queuedReads) {
    public HistoryLimits {
        if (valuesPerPage < 1 || bytesPerResponse < 1 || nodesPerRead < 1 || threads < 1) {
            throw new IllegalArgumentException("values, bytes, nodes and threads must be 1 or more: %d %d %d %d"
                    .formatted(valuesPerPage, bytesPerResponse, nodesPerRead, threads));
        }
        if (continuationPoints < nodesPerRead || continuationPoints > 65_535) {
            throw new IllegalArgumentException("continuationPoints must be %d (nodesPerRead)..65535: %d"
                    .formatted(nodesPerRead, continuationPoints));
        }
        if (queuedReads < nodesPerRead) {
            throw new IllegalArgumentException(
                    "queuedReads must be at least nodesPerRead, %d: %d".formatted(nodesPerRead, queuedReads));
        }
    }

    /** 10 000 values a page, 2 MiB a response, 250 nodes a request, 500 continuation points, 2 threads, 5 000 waiting. */
    public static HistoryLimits defaults() {
        return new HistoryLimits(10_000, 2 * 1024 * 1024, 250, 500, 2, 5_000);
    }

    /** Bytes of one node's values in a response for {@code nodes} nodes that may take {@code bytes} bytes. */
    long bytesFor(int nodes, long bytes) {
        return Math.min(bytes, bytesPerResponse) / nodes;
    }

    /** Values of the variable in one page of a response for {@code nodes} nodes that may take {@code bytes} bytes. */
    int pageSize(HistoricalVariable variable, int nodes, long bytes) {
        long share = bytesFor(nodes, bytes) / variable.encodedBytes();
        return (int) Math.max(1, Math.min(valuesPerPage, share));
    }
}
