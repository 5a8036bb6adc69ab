package org.uatwin.plcadapters.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** C10 and C15 of the complaints, for chains: what is written goes out through the inverse of what is read. */
class ConditionedLinkTest {
    /** Keeps what it is asked to write. */
    private static final class Field implements Link {
        final List<WriteCommand> written = new ArrayList<>();

        @Override
        public String name() {
            return "field";
        }

        @Override
        public void start() {}

        @Override
        public CompletionStage<WriteResult> write(WriteCommand command) {
            written.add(command);
            return CompletableFuture.completedStage(WriteResult.CONFIRMED);
        }

        @Override
        public LinkStatistics statistics() {
            throw new AssertionError("not asked");
        }

        @Override
        public PointDiagnostics diagnostics(int row) {
            return new PointDiagnostics("somewhere", "", 3);
        }

        @Override
        public void close() {}
    }

    private final Field field = new Field();
    private final Bench bench = new Bench(
            """
            Setpoint: {unit: m3/h, euRange: [0, 400], writable: true}
            Words: {kind: plain, type: Double, array: 2, writable: true}
            Plain: {unit: bar, euRange: [0, 16], writable: true}
            """,
            """
            Setpoint: {address: holding 0, condition: {missing: {values: [0]}, scale: {from: [4, 20], to: [0, 6000], curve: squareRoot}, unit: l/min, calibration: [{from: 2020-01-01, gain: 1.01, offset: 0.5}], clamp: {to: [0, 300]}}}
            Words: {address: holding 10 int16, condition: {scale: {from: [0, 1000], to: [0, 10]}}}
            Plain: holding 20 float32
            """);
    private final ConditionedLink link =
            new ConditionedLink(field, bench.stage, InstantSource.fixed(UaTime.toInstant(Bench.ticks(0))));

    private StatusCode write(String point, double value) {
        return link.write(WriteCommand.scalar(bench.row(point), Double.doubleToRawLongBits(value), 9))
                .toCompletableFuture()
                .join()
                .status();
    }

    @Test
    void setpointGoesOutAsTheSignalItComesBackFrom() {
        for (double setpoint : new double[] {0.5, 17.25, 120, 300}) {
            assertThat(write("Setpoint", setpoint)).isEqualTo(StatusCode.GOOD);
            double signal = Double.longBitsToDouble(
                    field.written.get(field.written.size() - 1).bits());
            assertThat(bench.signal("Setpoint", 0, signal).value("Setpoint")).isCloseTo(setpoint, within(1e-9));
        }
        assertThat(field.written).extracting(WriteCommand::deadline).containsOnly(9L);
    }

    /** Refused, never clamped: neither below the root's zero nor beyond the declared bounds. */
    @Test
    void setpointWithoutASignalIsRefused() {
        assertThat(write("Setpoint", 0.2)).isEqualTo(StatusCode.BAD_OUT_OF_RANGE); // calibrated below zero flow
        assertThat(write("Setpoint", 300.1)).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(field.written).isEmpty();
    }

    @Test
    void arraysAndPartsOfThemAreTurnedBack() {
        link.write(WriteCommand.elements(bench.row("Words"), new double[] {2.5}, 1, 9));
        assertThat((double[]) field.written.get(0).object()).containsExactly(250);
        assertThat(field.written.get(0).firstElement()).isEqualTo(1);
    }

    @Test
    void pointWithoutAChainIsWrittenAsItIs() {
        assertThat(write("Plain", 2.5)).isEqualTo(StatusCode.GOOD);
        assertThat(Double.longBitsToDouble(field.written.get(0).bits())).isEqualTo(2.5);
    }

    @Test
    void diagnosticsSayWhatTheChainFound() {
        bench.signal("Setpoint", 0, 0);
        assertThat(link.diagnostics(bench.row("Setpoint")).lastError()).contains("the device has no value");
        assertThat(link.diagnostics(bench.row("Setpoint")).lastPollTime()).isEqualTo(3);
        assertThat(link.diagnostics(bench.row("Plain")).lastError()).isEmpty();
    }
}
