package org.uatwin.plcadapters.conditioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;

/** What holds whatever a device sends. */
class ConditioningPropertyTest {
    private static final List<StatusCode> LINK = List.of(
            StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE,
            StatusCode.BAD_NO_COMMUNICATION,
            StatusCode.BAD_DEVICE_FAILURE);

    /** A usable value lies within the bounds, time of values does not go back, and silence never revives a withdrawn value. */
    @Property(tries = 300)
    void anyStreamStaysWithinItsBounds(@ForAll long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench(
                "Flow: {unit: m3/h, euRange: [0, 200], validity: [-500, 500]}",
                "Flow: {address: holding 0, condition: {late: drop, missing: {values: [7], then: hold, hold: 3 s},"
                        + " scale: {from: [0, 100], to: [-50, 250]}, spike: {limit: 80, then: hold}, rateLimit: {perSecond: 60, then: limit},"
                        + " stuck: {after: 5 s}, clamp: {to: [0, 200], tolerance: 5}, debounce: 300 ms, deadband: 1}}");
        double seconds = 0;
        int sent = 0;
        for (int i = 0; i < 200; i++) {
            seconds += random.nextInt(20) / 10.0;
            sent++;
            if (random.nextInt(10) == 0) {
                bench.status("Flow", seconds, LINK.get(random.nextInt(LINK.size())));
            } else {
                double signal =
                        random.nextInt(12) == 0 ? 7 : random.nextInt(20) == 0 ? Double.NaN : random.nextInt(300);
                bench.signal("Flow", seconds - (random.nextInt(9) == 0 ? 2 : 0), signal);
            }
            bench.tick(seconds);
        }
        long last = 0;
        boolean isWithdrawn = true;
        for (Sample sample : bench.out) {
            if (!LINK.contains(sample.status())) { // the link stamps what it says by its own clock
                assertThat(sample.sourceTime()).isGreaterThanOrEqualTo(last);
                last = sample.sourceTime();
            }
            if (sample.status().isBad()) {
                isWithdrawn |= sample.status().equals(StatusCode.BAD_SENSOR_FAILURE);
                continue;
            }
            boolean isFromLink = sample.status().equals(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
            assertThat(isWithdrawn && isFromLink).isFalse();
            isWithdrawn = false;
            assertThat(Double.longBitsToDouble(sample.bits())).isBetween(0.0, 200.0);
        }
        assertThat(bench.stage.report(bench.row("Flow"))).startsWith(sent + " samples");
        assertThat(last).isLessThanOrEqualTo(Bench.ticks(seconds) + UaTime.TICKS_PER_SECOND);
    }
}
