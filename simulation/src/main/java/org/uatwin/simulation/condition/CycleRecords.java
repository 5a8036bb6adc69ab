package org.uatwin.simulation.condition;

import java.util.Arrays;
import java.util.List;

/**
 * What the channels of a machine recorded, cycle by cycle.
 *
 * @param cycles their numbers, rising; numbers that follow one another are cycles that did.
 * @param channels at least one.
 */
public record CycleRecords(List<Integer> cycles, List<Channel> channels) {
    /** Samples of a cycle that can be described at all. */
    public static final int FEWEST_SAMPLES = 8;

    /**
     * One channel.
     *
     * @param name as the user knows it.
     * @param samples of each cycle, in order of time; a channel has as many in each, others may have other numbers. Not copied.
     */
    @SuppressWarnings("ArrayRecordComponent") // as large as memory: copies would not fit
    public record Channel(String name, double[][] samples) {
        /**
         * @throws IllegalArgumentException if cycles differ in length, are shorter than {@value #FEWEST_SAMPLES}, or a sample is not
         *     finite.
         */
        public Channel {
            for (double[] cycle : samples) {
                if (cycle.length != samples[0].length || cycle.length < FEWEST_SAMPLES) {
                    throw new IllegalArgumentException(
                            "%s: a cycle of %d samples beside one of %d; all need the same number, %d or more"
                                    .formatted(name, cycle.length, samples[0].length, FEWEST_SAMPLES));
                }
                if (!Arrays.stream(cycle).allMatch(Double::isFinite)) {
                    throw new IllegalArgumentException("%s: a sample is not finite".formatted(name));
                }
            }
        }
    }

    /**
     * @throws IllegalArgumentException if there is no channel, a channel has not the same number of cycles, or their numbers do
     *     not rise.
     */
    public CycleRecords {
        cycles = List.copyOf(cycles);
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("no channel");
        }
        for (int i = 1; i < cycles.size(); i++) {
            if (cycles.get(i) <= cycles.get(i - 1)) {
                throw new IllegalArgumentException(
                        "cycle %d after cycle %d: the numbers must rise".formatted(cycles.get(i), cycles.get(i - 1)));
            }
        }
        for (Channel channel : channels) {
            if (channel.samples().length != cycles.size()) {
                throw new IllegalArgumentException(
                        "%s has %d cycles of %d".formatted(channel.name(), channel.samples().length, cycles.size()));
            }
        }
    }
}
