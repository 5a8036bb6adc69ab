package org.uatwin.server.derived;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.value.SampleBatch;

/**
 * The computed points of a plant in an order in which each comes after what it reads. Samples come in by
 * {@link #set}; {@link #evaluate} computes what depends on them, each point once. Owned by one thread.
 */
final class DerivedGraph {
    private final Slots slots;
    private final List<Node> nodes; // each after what it reads
    private final int[][] readers; // nodes that read a slot
    private final BitSet dirty = new BitSet();
    private final BitSet fresh = new BitSet(); // slots set since the last evaluation
    private long now;

    /** @param unordered the nodes in any order; without circles, which the plant file's check refuses. */
    DerivedGraph(Slots slots, List<Node> unordered) {
        this.slots = slots;
        nodes = ordered(unordered);
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            lists.add(new ArrayList<>(2));
        }
        for (int n = 0; n < nodes.size(); n++) {
            for (int slot : nodes.get(n).inputs().slot) {
                lists.get(slot).add(n);
            }
        }
        readers = lists.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static List<Node> ordered(List<Node> unordered) {
        Map<Integer, Node> byOutput = new HashMap<>();
        unordered.forEach(node -> byOutput.put(node.output(), node));
        byOutput.remove(-1);
        List<Node> ordered = new ArrayList<>();
        Map<Node, Boolean> done = new HashMap<>(); // nodes are equal to themselves only
        unordered.forEach(node -> place(node, byOutput, done, ordered));
        return List.copyOf(ordered);
    }

    private static void place(Node node, Map<Integer, Node> byOutput, Map<Node, Boolean> done, List<Node> ordered) {
        Boolean state = done.putIfAbsent(node, false);
        if (state != null) {
            if (!state) {
                throw new IllegalStateException(node.name() + " depends on itself");
            }
            return;
        }
        for (int slot : node.inputs().slot) {
            Node input = byOutput.get(slot);
            if (input != null) {
                place(input, byOutput, done, ordered);
            }
        }
        done.put(node, true);
        ordered.add(node);
    }

    Slots slots() {
        return slots;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Whether the slot was set already since the last evaluation: then that has to come first. */
    boolean isFresh(int slot) {
        return fresh.get(slot);
    }

    void set(int slot, double value, int status, long source, long receive) {
        slots.set(slot, value, status, source, receive);
        fresh.set(slot);
        now = Math.max(now, receive);
        markReaders(slot);
    }

    /** Has everything computed at the next evaluation. */
    void markAll(long ticks) {
        now = Math.max(now, ticks);
        dirty.set(0, nodes.size());
    }

    private void markReaders(int slot) {
        for (int node : readers[slot]) {
            dirty.set(node);
        }
    }

    /** Computes what depends on the slots set since the last time. */
    void evaluate(SampleBatch out) {
        compute(false, out);
    }

    private void compute(boolean isTimed, SampleBatch out) {
        for (int n = dirty.nextSetBit(0); n >= 0; n = dirty.nextSetBit(n + 1)) {
            dirty.clear(n);
            Node node = nodes.get(n);
            node.evaluate(now, isTimed, out);
            if (node.output() >= 0) {
                markReaders(node.output()); // all of them come later
            }
        }
        fresh.clear();
    }

    /** Computes what is due by time alone. */
    void tick(long ticks, SampleBatch out) {
        for (int n = 0; n < nodes.size(); n++) {
            if (nodes.get(n).due() <= ticks) {
                dirty.set(n);
            }
        }
        if (!dirty.isEmpty()) {
            now = Math.max(now, ticks);
            compute(true, out);
        }
    }
}
