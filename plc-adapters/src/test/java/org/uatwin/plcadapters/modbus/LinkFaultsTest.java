package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.modbus.FaultyLink.Mode;

/** Fault runs of the real loop over virtual time: how soon points turn, what they turn to, who else feels it. */
class LinkFaultsTest {
    private static final Transport TCP = new Transport.Tcp("plc", 502);
    private static final Transport SERIAL = new Transport.Serial("ttyS0", 19_200, 8, Transport.Serial.Parity.EVEN, 1);

    /** Must-show 5: non-Good within max(2 periods, timeout x tries + 1 period). */
    private static long bound(Fixture f, long periodMs) {
        return Math.max(2 * periodMs, f.timeout.toMillis() * f.tries + periodMs);
    }

    private static long recovery(Fixture f) {
        return Math.max(5_000, 2 * f.largestBackOff.toMillis());
    }

    private static Fixture single(long periodMs, int registers) {
        Fixture f = new Fixture(TCP);
        ModbusDevice device = f.device("plc", 1);
        for (int i = 0; i < registers; i++) {
            f.holding(device, Fixture.group("g" + periodMs, periodMs), 20 * i); // too far apart to be joined
        }
        return f;
    }

    private static boolean allGood(Fixture f) {
        return f.points.stream().allMatch(p -> f.isGood(p.row()));
    }

    private static boolean noneGood(Fixture f) {
        return f.points.stream().noneMatch(p -> f.isGood(p.row()));
    }

    private static boolean noneNonGood(Fixture f, int from, int to) {
        return f.points.subList(from, to).stream().allMatch(p -> f.isGood(p.row()));
    }

    @ParameterizedTest
    @EnumSource(names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void everyFaultTurnsAllPointsInTimeAndAllComeBack(Mode mode) {
        for (long period : new long[] {50, 100, 1_000, 5_000}) {
            Fixture f = single(period, 5);
            VirtualLink v = new VirtualLink(f, false);
            v.runUntil(() -> allGood(f), 10_000);
            v.run(period / 2);
            v.wire.unit(1).mode = mode;
            assertThat(v.runUntil(() -> noneGood(f), bound(f, period) + 20))
                    .as("%s at %d ms", mode, period)
                    .isLessThanOrEqualTo(bound(f, period));
            v.run(20_000);
            StatusCode expected =
                    switch (mode) {
                        case SILENT, LOST -> StatusCode.BAD_NO_COMMUNICATION;
                        case GARBLED -> StatusCode.BAD_COMMUNICATION_ERROR;
                        case EXCEPTION -> StatusCode.BAD_CONFIGURATION_ERROR;
                        case OK -> throw new AssertionError();
                    };
            assertThat(f.points).allMatch(p -> f.status(p.row()).equals(expected));
            assertThat(v.link.diagnostics(f.points.get(0).row()).lastError()).isNotEmpty();
            v.wire.unit(1).mode = Mode.OK;
            assertThat(v.runUntil(() -> allGood(f), 30_000)).isLessThanOrEqualTo(recovery(f));
        }
    }

    @Test
    void pulledConnectionTurnsAllPointsInTimeAndAllComeBack() {
        Fixture f = single(1_000, 5);
        VirtualLink v = new VirtualLink(f, false);
        v.runUntil(() -> allGood(f), 10_000);
        v.wire.pull();
        assertThat(v.runUntil(() -> noneGood(f), 3_000)).isLessThanOrEqualTo(bound(f, 1_000));
        assertThat(f.status(f.points.get(0).row())).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        v.runUntil(() -> f.status(f.points.get(0).row()).equals(StatusCode.BAD_NO_COMMUNICATION), 3_500);
        v.run(60_000);
        assertThat(v.link.statistics().state()).isEqualTo(LinkStatistics.State.BACKING_OFF);
        // Never more often than the largest back-off less its jitter allows.
        assertThat(v.wire.attempts).isLessThan(60_000 / 600 + 10);
        v.wire.plug();
        assertThat(v.runUntil(() -> allGood(f), 30_000)).isLessThanOrEqualTo(recovery(f));
    }

    @Test
    void neverConnectedIsBadNoCommunicationAndNotWaiting() {
        Fixture f = single(1_000, 1);
        VirtualLink v = new VirtualLink(f, false);
        assertThat(f.status(f.points.get(0).row())).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        v.wire.pull();
        v.run(500);
        assertThat(f.status(f.points.get(0).row())).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    /** C18 of the peers' complaints: one device's trouble must not show at the others. */
    @Test
    void aDeadDeviceOnAMultiDropLineLeavesTheOthersUntouchedAndCostsOneProbeAPeriod() {
        Fixture f = new Fixture(SERIAL);
        f.demotionPeriod = Duration.ofSeconds(10);
        for (int unit = 1; unit <= 10; unit++) {
            f.holding(f.device("d" + unit, unit), Fixture.group("g", 1_000), 0);
        }
        VirtualLink v = new VirtualLink(f, true);
        v.runUntil(() -> allGood(f), 5_000);
        v.wire.unit(1).mode = Mode.SILENT;
        v.runUntil(() -> !f.isGood(f.points.get(0).row()), bound(f, 1_000));
        long end = v.nowMs() + 15_000;
        while (v.nowMs() < end) {
            v.run(10);
            assertThat(noneNonGood(f, 1, 10)).isTrue();
        }
        assertThat(v.link.statistics().devices().get(0).state()).isEqualTo(LinkStatistics.DeviceState.DEMOTED);
        int before = v.wire.unit(1).requests;
        v.run(100_000);
        assertThat(v.wire.unit(1).requests - before).isBetween(9, 10);
        v.wire.unit(1).mode = Mode.OK;
        assertThat(v.runUntil(() -> allGood(f), 20_000)).isLessThanOrEqualTo(10_000 + 1_000);
    }

    @Test
    void aLineThatIsCutTurnsEveryDeviceInTimeAndAllComeBackWithTheFirstProbe() {
        Fixture f = new Fixture(SERIAL);
        f.demotionPeriod = Duration.ofSeconds(10);
        for (int unit = 1; unit <= 10; unit++) {
            f.holding(f.device("d" + unit, unit), Fixture.group("g", 1_000), 0);
        }
        VirtualLink v = new VirtualLink(f, true);
        v.runUntil(() -> allGood(f), 5_000);
        v.run(1_500);
        v.wire.units.values().forEach(u -> u.mode = Mode.SILENT);
        assertThat(v.runUntil(() -> noneGood(f), 5_000)).isLessThanOrEqualTo(bound(f, 1_000));
        v.run(30_000);
        v.wire.units.values().forEach(u -> u.mode = Mode.OK);
        assertThat(v.runUntil(() -> allGood(f), 20_000)).isLessThanOrEqualTo(10_000 + 1_000);
    }

    /** Some drivers leave a port open and dead when its adapter was pulled out and came back (C19, C20). */
    @Test
    void aLineOnWhichNobodyAnswersIsOpenedAnewNowAndThen() {
        Fixture f = new Fixture(SERIAL);
        for (int unit = 1; unit <= 3; unit++) {
            f.holding(f.device("d" + unit, unit), Fixture.group("g", 1_000), 0);
        }
        VirtualLink v = new VirtualLink(f, true);
        v.runUntil(() -> allGood(f), 5_000);
        v.wire.unit(1).mode = Mode.SILENT;
        v.run(40_000);
        assertThat(v.wire.connects).as("while another device answers").isEqualTo(1);
        v.wire.units.values().forEach(u -> u.mode = Mode.SILENT);
        v.run(60_000);
        assertThat(v.wire.connects).isBetween(5, 7);
        v.wire.units.values().forEach(u -> u.mode = Mode.OK);
        assertThat(v.runUntil(() -> allGood(f), 20_000)).isLessThanOrEqualTo(f.demotionPeriod.toMillis() + 1_000);
    }

    /** The bound holds for the second block of a device, too, whose own turn comes later while the others answer. */
    @Test
    void everyBlockOfADeadDeviceTurnsInTimeOnABusyLine() {
        Fixture f = new Fixture(SERIAL);
        ModbusDevice dead = f.device("d1", 1);
        for (int i = 0; i < 5; i++) {
            f.holding(dead, Fixture.FAST, 20 * i);
        }
        for (int unit = 2; unit <= 5; unit++) {
            f.holding(f.device("d" + unit, unit), Fixture.FAST, 0);
        }
        VirtualLink v = new VirtualLink(f, true);
        v.runUntil(() -> allGood(f), 5_000);
        v.wire.unit(1).mode = Mode.SILENT;
        v.wire.lateNs = 2 * f.timeout.toNanos();
        assertThat(v.runUntil(
                        () -> f.points.subList(0, 5).stream().noneMatch(p -> f.isGood(p.row())), bound(f, 100) + 20))
                .isLessThanOrEqualTo(bound(f, 100));
        assertThat(noneNonGood(f, 5, 9)).isTrue();
        v.wire.unit(1).mode = Mode.OK;
        v.runUntil(() -> allGood(f), 5_000);
    }

    @Test
    void aDeadUnitBehindATcpGatewayLeavesTheOthersUntouched() {
        Fixture f = new Fixture(TCP);
        for (int unit = 1; unit <= 4; unit++) {
            f.holding(f.device("d" + unit, unit), Fixture.group("g", 500), 0);
        }
        VirtualLink v = new VirtualLink(f, false);
        v.runUntil(() -> allGood(f), 5_000);
        v.wire.unit(2).mode = Mode.SILENT;
        long end = v.nowMs() + 20_000;
        while (v.nowMs() < end) {
            v.run(10);
            assertThat(f.isGood(f.points.get(0).row())).isTrue();
            assertThat(noneNonGood(f, 2, 4)).isTrue();
        }
        v.wire.unit(2).mode = Mode.OK;
        assertThat(v.runUntil(() -> allGood(f), 30_000)).isLessThanOrEqualTo(recovery(f));
    }

    @Test
    void aSingleBlockWithoutAnswerDoesNotTakeTheOthersOfItsDeviceAlong() {
        Fixture f = single(500, 3);
        VirtualLink v = new VirtualLink(f, false);
        v.runUntil(() -> allGood(f), 5_000);
        v.wire.unit(1).silentOffset = 20;
        v.run(5_000);
        assertThat(f.status(f.points.get(1).row())).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        long end = v.nowMs() + 10_000;
        while (v.nowMs() < end) {
            v.run(10);
            assertThat(f.isGood(f.points.get(0).row())).isTrue();
            assertThat(f.isGood(f.points.get(2).row())).isTrue();
        }
    }

    @Test
    void exceptions05And06AreRetriedBeforeTheyCount() {
        Fixture f = single(1_000, 1);
        VirtualLink v = new VirtualLink(f, false);
        v.runUntil(() -> allGood(f), 5_000);
        v.wire.unit(1).busyAnswers = 1;
        for (int i = 0; i < 100; i++) {
            v.run(30);
            assertThat(allGood(f)).isTrue();
        }
        v.wire.unit(1).mode = Mode.EXCEPTION;
        v.wire.unit(1).exceptionCode = 6;
        v.runUntil(() -> noneGood(f), 2_000);
        assertThat(f.status(f.points.get(0).row())).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        v.run(5_000);
        assertThat(f.status(f.points.get(0).row())).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    @Test
    void exception04IsADeviceFailure() {
        Fixture f = single(1_000, 1);
        VirtualLink v = new VirtualLink(f, false);
        v.runUntil(() -> allGood(f), 5_000);
        v.wire.unit(1).mode = Mode.EXCEPTION;
        v.wire.unit(1).exceptionCode = 4;
        v.run(1_500);
        assertThat(f.status(f.points.get(0).row())).isEqualTo(StatusCode.BAD_DEVICE_FAILURE);
    }

    /** Polls that take longer than their period: the period grows, nothing queues up, the points stay Good. */
    @Test
    void overloadStretchesThePeriodAndSaysSo() {
        Fixture f = single(100, 10);
        VirtualLink v = new VirtualLink(f, false);
        v.wire.answerNs = 50 * VirtualLink.MS;
        v.run(5_000);
        assertThat(allGood(f)).isTrue();
        assertThat(v.link.statistics().devices().get(0).achievedPeriodMs()).isBetween(500.0, 600.0);
        int before = v.wire.unit(1).requests;
        v.wire.answerNs = VirtualLink.MS;
        v.run(1_000);
        assertThat(v.wire.unit(1).requests - before).isBetween(95, 115);
        assertThat(v.link.statistics().devices().get(0).achievedPeriodMs()).isBetween(90.0, 110.0);
    }

    @Test
    void pollsKeepTheirPeriodOverALongTime() {
        Fixture f = single(1_000, 1);
        VirtualLink v = new VirtualLink(f, false);
        v.run(3_600_000);
        assertThat(v.wire.unit(1).requests).isBetween(3_599, 3_601);
    }

    /** Must-show 5, first half: 1 000 flaps leave nothing behind. */
    @Test
    void aThousandFlapsLeaveNoThreadAndNoMemoryBehind() {
        Fixture f = single(100, 20);
        VirtualLink v = new VirtualLink(f, false);
        int threads = Thread.activeCount();
        flap(v, f, 200);
        long before = liveHeap(v);
        flap(v, f, 800);
        long after = liveHeap(v);
        assertThat(Thread.activeCount()).isEqualTo(threads);
        assertThat((double) after).isLessThan(before * 1.02);
        assertThat(v.link.statistics().reconnects()).isGreaterThanOrEqualTo(1_000);
    }

    private static void flap(VirtualLink v, Fixture f, int times) {
        for (int i = 0; i < times; i++) {
            v.runUntil(() -> allGood(f), 30_000);
            v.wire.pull();
            v.runUntil(() -> noneGood(f), 30_000);
            v.wire.plug();
            v.wire.trace.setLength(0);
        }
        v.runUntil(() -> allGood(f), 30_000);
    }

    private static long liveHeap(VirtualLink v) {
        v.wire.trace.setLength(0);
        v.wire.trace.trimToSize();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime r = Runtime.getRuntime();
            least = Math.min(least, r.totalMemory() - r.freeMemory());
        }
        return least;
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        List<String> traces = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Fixture f = single(100, 3);
            VirtualLink v = new VirtualLink(f, false);
            v.run(1_000);
            v.wire.unit(1).mode = Mode.SILENT;
            v.run(5_000);
            v.wire.pull();
            v.run(5_000);
            v.wire.plug();
            v.wire.unit(1).mode = Mode.OK;
            v.run(2_000);
            traces.add(v.wire.trace.toString());
        }
        assertThat(traces.get(0)).isEqualTo(traces.get(1)).contains("connect false", "SILENT");
    }

    /** Readings advance the SourceTimestamp also when nothing changes. */
    @Test
    void everySuccessfulPollAdvancesTheSourceTime() {
        Fixture f = single(100, 1);
        VirtualLink v = new VirtualLink(f, false);
        v.runUntil(() -> allGood(f), 1_000);
        long first = f.read(f.points.get(0).row()).sourceTime();
        v.run(250);
        long later = f.read(f.points.get(0).row()).sourceTime();
        assertThat((later - first) / 10_000).isBetween(150L, 250L);
    }

    /** A device refuses a request as a whole; the points beside the missing one must not pay for it. */
    @Test
    void oneMissingAddressSpoilsOnlyItsOwnPoint() {
        for (int missing : new int[] {0, 7, 39, 41}) { // 40 and above: in the gap, nobody's point
            Fixture f = new Fixture(TCP);
            ModbusDevice device = f.device("plc", 1);
            for (int i = 0; i < 60; i++) {
                f.holding(device, Fixture.group("g", 1_000), i < 40 ? i : i + 5);
            }
            VirtualLink v = new VirtualLink(f, false);
            v.wire.unit(1).missingOffset = missing;
            v.run(1_500);
            for (int i = 0; i < 60; i++) {
                int row = f.points.get(i).row();
                assertThat(f.status(row))
                        .as("missing %d, point %d", missing, i)
                        .isEqualTo(i == missing && missing < 40 ? StatusCode.BAD_CONFIGURATION_ERROR : StatusCode.GOOD);
                assertThat(v.link.diagnostics(row).lastError().isEmpty()).isEqualTo(i != missing || missing >= 40);
            }
            assertThat(v.link.diagnostics(f.points.get(5).row()).lastPollTime()).isPositive();
            v.run(70_000); // the whole block was tried again meanwhile
            assertThat(f.points).allMatch(p -> f.isGood(p.row()) || (p.row() == missing && missing < 40));
            int before = v.wire.unit(1).requests;
            v.run(10_000);
            assertThat(v.wire.unit(1).requests - before).isLessThanOrEqualTo(40);
            v.wire.unit(1).missingOffset = -1;
            assertThat(v.runUntil(() -> allGood(f), 5_000)).isLessThanOrEqualTo(1_100);
            v.run(61_000);
            before = v.wire.unit(1).requests;
            v.run(10_000);
            assertThat(v.wire.unit(1).requests - before).isEqualTo(10);
        }
    }
}
