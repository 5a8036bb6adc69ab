package org.uatwin.plcadapters.conditioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;

/** A stage that makes garbage with every sample stops the plant now and then. */
class AllocationTest {
    private static final int SAMPLES = 10_000;

    @Test
    void sampleAllocatesNothingInSteadyState() {
        Bench bench = new Bench(
                "Flow: {unit: m3/h, euRange: [0, 200], validity: [-10, 400]}",
                "Flow: {address: holding 0, condition: {late: drop, duplicates: drop, missing: {values: [-1]},"
                        + " scale: {table: [[0, 0], [100, 50], [200, 200]]}, unit: m3/h, calibration: [{from: 2020-01-01, gain: 1.01}],"
                        + " spike: {limit: 500}, rateLimit: {perSecond: 100000}, stuck: {after: 1 h}, clamp: {to: [0, 300]}, deadband: 0.01}}");
        Conditioner conditioner =
                new Conditioner(0, new Rule(bench.twin.type().points().get(0), bench.twin.treatment(0)), null);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            SampleBatch in = new SampleBatch(SAMPLES);
            SampleBatch out = new SampleBatch(SAMPLES);
            for (int i = 0; i < SAMPLES; i++) {
                long ticks = Bench.ticks(round * SAMPLES + i);
                in.add(0, Double.doubleToRawLongBits((i * 37) % 190), StatusCode.GOOD, ticks, ticks);
            }
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < SAMPLES; i++) {
                conditioner.take(in, i, out);
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            assertThat(out.size()).isEqualTo(SAMPLES);
        }
        assertThat(least).as("bytes for %d samples", SAMPLES).isLessThan(SAMPLES);
    }
}
