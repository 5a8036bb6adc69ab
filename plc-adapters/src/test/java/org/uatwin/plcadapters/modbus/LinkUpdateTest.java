package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A reload changes what a link has to do; what stays must not notice, over virtual time. */
class LinkUpdateTest {
    private static final long PERIOD_MS = 100; // of Fixture.FAST

    private final Fixture fixture = new Fixture(new Transport.Tcp("127.0.0.1", 502));
    private final ModbusDevice device = fixture.device("plc", 1);

    private VirtualLink open() {
        return new VirtualLink(fixture, false);
    }

    private void update(VirtualLink link) {
        Link.Update update = link.link
                .prepareUpdate(fixture.opening(link.environment))
                .orElseThrow(() -> new AssertionError("the wire did not change"));
        CompletableFuture<Void> done = update.carryOut().toCompletableFuture();
        assertThat(done).as("taken over between two steps, by the loop").isNotDone();
        link.runUntil(done::isDone, 10 * PERIOD_MS);
    }

    /** The user's complaint C45: adding one tag must not reconnect or leave a gap. */
    @Test
    void anAddedPointNeedsNoReconnectAndLeavesNoGap() {
        int first = fixture.holding(device, Fixture.FAST, 0);
        VirtualLink link = open();
        link.run(10 * PERIOD_MS + 50);
        assertThat(fixture.isGood(first)).isTrue();

        int second = fixture.holding(device, Fixture.FAST, 1);
        long before = fixture.read(first).receiveTime();
        update(link);
        assertThat(fixture.isGood(first)).as("never left Good").isTrue();
        link.runUntil(() -> fixture.isGood(second), 2 * PERIOD_MS);
        assertThat(fixture.read(first).receiveTime() - before)
                .as("the block kept its turn")
                .isLessThanOrEqualTo(2 * PERIOD_MS * 10_000);
        assertThat(link.link.statistics().reconnects()).isZero();
        assertThat(link.link.statistics().devices().get(0).requests()).isGreaterThan(10);
    }

    /** The value of another register is not the value of this point, however fresh. */
    @Test
    void aPointWithAnotherAddressWaitsForItsFirstValue() {
        int row = fixture.holding(device, Fixture.FAST, 0);
        VirtualLink link = open();
        link.runUntil(() -> fixture.isGood(row), 5 * PERIOD_MS);

        fixture.rebind(row, device, Fixture.FAST, 7);
        List<StatusCode> seen = new ArrayList<>();
        fixture.table.addListener((shard, batch) -> seen.add(batch.status(0)));
        update(link);
        assertThat(seen.get(0)).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        link.runUntil(() -> fixture.isGood(row), 2 * PERIOD_MS);
    }

    /** The status of a dead device is not news, but it is to a point that comes to it. */
    @Test
    void aPointAddedToASilentDeviceSaysThatNobodyAnswers() {
        int first = fixture.holding(device, Fixture.FAST, 0);
        VirtualLink link = open();
        link.runUntil(() -> fixture.isGood(first), 5 * PERIOD_MS);
        link.wire.unit(1).mode = FaultyLink.Mode.SILENT;
        link.runUntil(() -> fixture.status(first).equals(StatusCode.BAD_NO_COMMUNICATION), 50 * PERIOD_MS);

        int second = fixture.holding(device, Fixture.FAST, 1);
        update(link);
        assertThat(fixture.status(second).isBad()).isTrue();
        assertThat(fixture.status(second)).isNotEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        link.wire.unit(1).mode = FaultyLink.Mode.OK;
        link.runUntil(() -> fixture.isGood(first) && fixture.isGood(second), 50 * PERIOD_MS);
    }

    /** A write finds its point again after the plan moved it, and is refused when the point is gone. */
    @Test
    void waitingWritesFollowTheirPoints() {
        int gone = fixture.holding(device, Fixture.FAST, 0);
        int kept = fixture.holding(device, Fixture.FAST, 5);
        VirtualLink link = open();
        link.runUntil(() -> fixture.isGood(kept), 5 * PERIOD_MS);
        CompletableFuture<WriteResult> toGone = link.write(gone, 1);
        CompletableFuture<WriteResult> toKept = link.write(kept, 42);

        fixture.points.removeIf(point -> point.row() == gone);
        Link.Update update =
                link.link.prepareUpdate(fixture.opening(link.environment)).orElseThrow();
        update.carryOut();
        link.runUntil(() -> toGone.isDone() && toKept.isDone(), 10 * PERIOD_MS);
        assertThat(toGone.join().status()).isEqualTo(StatusCode.BAD_INVALID_STATE);
        assertThat(toGone.join().text()).contains("reload");
        assertThat(toKept.join().status()).isEqualTo(StatusCode.GOOD);
    }

    /** Another wire is another link: the caller has to open it. */
    @Test
    void anotherTimeoutOrHostNeedsANewLink() {
        fixture.holding(device, Fixture.FAST, 0);
        VirtualLink link = open();
        fixture.timeout = Duration.ofMillis(333);
        assertThat(link.link.prepareUpdate(fixture.opening(link.environment))).isEmpty();
        fixture.timeout = Duration.ofMillis(200);
        fixture.transport = new Transport.Tcp("127.0.0.2", 502);
        assertThat(link.link.prepareUpdate(fixture.opening(link.environment))).isEmpty();
    }

    /** Counters go on, and a device that is new is polled within its period. */
    @Test
    void aNewDeviceIsPolledAndTheOldOneKeepsItsCounters() {
        int first = fixture.holding(device, Fixture.FAST, 0);
        VirtualLink link = open();
        link.run(10 * PERIOD_MS);
        long requests = link.link.statistics().devices().get(0).requests();

        ModbusDevice other = fixture.device("plc-2", 2);
        int second = fixture.holding(other, Fixture.FAST, 0);
        update(link);
        link.runUntil(() -> fixture.isGood(second), 3 * PERIOD_MS);
        assertThat(fixture.isGood(first)).isTrue();
        assertThat(link.link.statistics().devices()).hasSize(2);
        assertThat(link.link.statistics().devices().get(0).requests()).isGreaterThanOrEqualTo(requests);
        assertThat(List.of(first, second)).doesNotHaveDuplicates();
    }
}
