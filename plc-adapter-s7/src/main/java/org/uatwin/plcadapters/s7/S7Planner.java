package org.uatwin.plcadapters.s7;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which bytes are read in which request. A pure function of addresses and PDU size. */
final class S7Planner {
    /** S7 job: 12 bytes and 12 an item; answer: 14 bytes, 4 an item and its data, padded to even. */
    private static final int REQUEST_HEADER = 12;

    private static final int REQUEST_ITEM = 12;
    private static final int ANSWER_HEADER = 14;
    private static final int ANSWER_ITEM = 4;
    /** S7-300 and S7-400 take no more. */
    private static final int ITEMS = 20;
    /** A gap up to this is read through: a new item costs as much. */
    private static final int GAP = REQUEST_ITEM + ANSWER_ITEM;

    private S7Planner() {}

    /**
     * A block with the points that lie in it.
     *
     * @param points indexes of {@code addresses}.
     */
    record Read(S7Block block, List<Integer> points) {
        Read {
            points = List.copyOf(points);
        }
    }

    /**
     * Requests that read every point once.
     *
     * @param wanted indexes of the points to read.
     * @param isMerged whether neighbours share a block; false to find out which of them the CPU refuses.
     */
    static List<List<Read>> plan(List<S7Address> addresses, List<Integer> wanted, int pduSize, boolean isMerged) {
        List<List<Read>> requests = new ArrayList<>();
        List<Read> request = new ArrayList<>();
        int requestBytes = REQUEST_HEADER;
        int answerBytes = ANSWER_HEADER;
        for (Read read : reads(addresses, wanted, pduSize - ANSWER_HEADER - ANSWER_ITEM, isMerged)) {
            int answer = ANSWER_ITEM + read.block().length() + read.block().length() % 2;
            boolean isFull =
                    request.size() == ITEMS || requestBytes + REQUEST_ITEM > pduSize || answerBytes + answer > pduSize;
            if (isFull && !request.isEmpty()) {
                requests.add(List.copyOf(request));
                request.clear();
                requestBytes = REQUEST_HEADER;
                answerBytes = ANSWER_HEADER;
            }
            request.add(read);
            requestBytes += REQUEST_ITEM;
            answerBytes += answer;
        }
        if (!request.isEmpty()) {
            requests.add(List.copyOf(request));
        }
        return requests;
    }

    /** Blocks of at most {@code largest} bytes; a single point that is larger has one for itself. */
    private static List<Read> reads(List<S7Address> addresses, List<Integer> wanted, int largest, boolean isMerged) {
        List<Integer> order = wanted.stream()
                .sorted(Comparator.<Integer, S7Area>comparing(
                                i -> addresses.get(i).area())
                        .thenComparing(i -> addresses.get(i).db())
                        .thenComparing(i -> addresses.get(i).offset())
                        .thenComparing(i -> i))
                .toList();
        List<Read> reads = new ArrayList<>();
        int first = 0;
        while (first < order.size()) {
            S7Block block = addresses.get(order.get(first)).block();
            int next = first + 1;
            while (next < order.size() && isMerged) {
                S7Block candidate = addresses.get(order.get(next)).block();
                int end = Math.max(block.end(), candidate.end());
                if (!candidate.isBeside(block)
                        || candidate.offset() - block.end() > GAP
                        || end - block.offset() > largest) {
                    break;
                }
                block = new S7Block(block.area(), block.db(), block.offset(), end - block.offset());
                next++;
            }
            reads.add(new Read(
                    block, IntStream.range(first, next).mapToObj(order::get).toList()));
            first = next;
        }
        return reads;
    }
}
