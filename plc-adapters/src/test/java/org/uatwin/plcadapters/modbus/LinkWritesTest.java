package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.plant.WriteMode;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.modbus.FaultyLink.Mode;

/** Writes over virtual time: order, verification, modes, and how they end when the device does not play along. */
class LinkWritesTest {
    private final Fixture f = new Fixture(new Transport.Tcp("plc", 502));
    private final ModbusDevice device = f.device("plc", 1);
    private final int row = f.holding(device, Fixture.FAST, 0);

    private VirtualLink online() {
        VirtualLink v = new VirtualLink(f, false);
        v.runUntil(() -> f.isGood(row), 2_000);
        return v;
    }

    /** The order guarantee: once a write is answered, the table never shows an older value again. */
    @Test
    void afterAConfirmedWriteTheTableNeverShowsAnOlderValue() {
        VirtualLink v = online();
        List<Long> seen = new ArrayList<>();
        f.table.addListener((shard, batch) -> {
            for (int i = 0; i < batch.size(); i++) {
                if (batch.row(i) == row) {
                    seen.add(batch.bits(i));
                }
            }
        });
        for (int value = 1; value <= 300; value++) {
            assertThat(v.written(row, value)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(f.read(row).bits()).isEqualTo(value);
            v.run(value % 7 * 20L);
        }
        assertThat(seen).isSorted();
    }

    @Test
    void valueThatTheDeviceDoesNotTakeIsNotConfirmed() {
        VirtualLink v = online();
        v.wire.onRequest = () -> v.wire.unit(1).holding[0] = Math.min(100, v.wire.unit(1).holding[0]);
        WriteResult result = v.written(row, 250);
        assertThat(result.status()).isEqualTo(StatusCode.BAD_INVALID_STATE);
        assertThat(f.read(row).bits()).isEqualTo(100);
    }

    @Test
    void allWritesAreSentInOrderInModeAll() {
        VirtualLink v = online();
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            answers.add(v.write(row, i));
        }
        v.runUntil(() -> answers.stream().allMatch(CompletableFuture::isDone), 5_000);
        assertThat(answers).allMatch(a -> a.join().status().isGood());
        assertThat(v.wire.unit(1).writes).isEqualTo(20);
        assertThat(v.wire.unit(1).holding[0]).isEqualTo(20);
    }

    @Test
    void onlyTheNewestIsSentInModeLatestOnly() {
        f.writeMode = WriteMode.LATEST_ONLY;
        VirtualLink v = online();
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            answers.add(v.write(row, i));
        }
        v.runUntil(() -> answers.stream().allMatch(CompletableFuture::isDone), 5_000);
        assertThat(v.wire.unit(1).writes).isEqualTo(1);
        assertThat(v.wire.unit(1).holding[0]).isEqualTo(20);
        assertThat(answers.get(19).join().status()).isEqualTo(StatusCode.GOOD);
        assertThat(answers.subList(0, 19)).allSatisfy(a -> {
            assertThat(a.join().status()).isEqualTo(StatusCode.BAD_INVALID_STATE);
            assertThat(a.join().text()).contains("superseded");
        });
    }

    @Test
    void manyWritesDoNotStarveThePolls() {
        int other = f.holding(device, Fixture.FAST, 500);
        VirtualLink v = online();
        v.runUntil(() -> f.isGood(other), 2_000);
        v.wire.answerNs = 5 * VirtualLink.MS;
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            answers.add(v.write(row, i));
        }
        long before = f.read(other).sourceTime();
        v.run(1_000);
        assertThat((f.read(other).sourceTime() - before) / 10_000).isGreaterThan(700);
        assertThat(f.isGood(other)).isTrue();
        assertThat(answers.get(0)).isDone();
        assertThat(answers.get(999)).isNotDone();
    }

    @Test
    void writesToALinkThatIsDownFailAtOnce() {
        VirtualLink v = online();
        v.wire.pull();
        v.run(1_000);
        CompletableFuture<WriteResult> answer = v.write(row, 5);
        assertThat(answer).isDone();
        assertThat(answer.join().status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    @Test
    void writesWaitingWhenTheLinkBreaksAreAnswered() {
        VirtualLink v = online();
        v.wire.unit(1).mode = Mode.SILENT;
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(v.write(row, i));
        }
        v.runUntil(() -> answers.stream().allMatch(CompletableFuture::isDone), 2_000);
        assertThat(answers).allMatch(a -> a.join().status().isBad());
        v.wire.unit(1).mode = Mode.OK;
        v.run(5_000);
        assertThat(v.wire.unit(1).writes).isZero();
    }

    @Test
    void aWriteThatWaitedBeyondItsDeadlineIsNeverSent() {
        ModbusDevice slow = f.device("slow", 2);
        int slowRow = f.holding(slow, Fixture.FAST, 0);
        VirtualLink v = online();
        v.runUntil(() -> f.isGood(slowRow), 2_000);
        List<CompletableFuture<WriteResult>> late = new ArrayList<>();
        v.wire.unit(2).mode = Mode.SILENT;
        v.wire.onRequest = () -> {
            if (late.isEmpty() && v.wire.trace.toString().endsWith("SILENT\n")) {
                late.add(v.write(row, 77, null, -1, 50));
            }
        };
        v.runUntil(() -> !late.isEmpty() && late.get(0).isDone(), 2_000);
        assertThat(late.get(0).join().status()).isEqualTo(StatusCode.BAD_TIMEOUT);
        v.run(2_000);
        assertThat(v.wire.unit(1).holding[0]).isZero();
    }

    @Test
    void aSilentWriteIsNotSentTwice() {
        VirtualLink v = online();
        v.wire.unit(1).mode = Mode.SILENT;
        int before = v.wire.trace.toString().split("function 6", -1).length;
        WriteResult result = v.written(row, 5);
        assertThat(result.status().isBad()).isTrue();
        assertThat(result.text()).contains("may have carried it out");
        v.run(3_000);
        assertThat(v.wire.trace.toString().split("function 6", -1).length).isEqualTo(before + 1);
    }

    @Test
    void busyDeviceGetsTheWriteAgain() {
        VirtualLink v = online();
        v.wire.unit(1).busyAnswers = 3;
        assertThat(v.written(row, 9)).isEqualTo(WriteResult.CONFIRMED);
        assertThat(v.wire.unit(1).holding[0]).isEqualTo(9);
    }

    @Test
    void bitsAreWrittenByMaskOrByReadAndWriteAsTheDeviceCan() {
        RegisterFormat bit = new RegisterFormat(RegisterType.BOOL, WordOrder.BIG_ENDIAN, 1, 0, 3, 1, 1, 0);
        int bitRow = f.point(device, Fixture.FAST, ModbusTable.HOLDING_REGISTER, 1, bit, ValueType.BOOLEAN, 0);
        VirtualLink v = online();
        v.wire.unit(1).holding[1] = 0xF0F1;
        assertThat(v.written(bitRow, 1)).isEqualTo(WriteResult.CONFIRMED);
        assertThat(v.wire.unit(1).holding[1]).isEqualTo(0xF0F9);
        v.wire.unit(1).knowsMaskWrite = false;
        v.wire.unit(1).knowsSingleWrite = false;
        assertThat(v.written(bitRow, 0)).isEqualTo(WriteResult.CONFIRMED);
        assertThat(v.wire.unit(1).holding[1]).isEqualTo(0xF0F1);
        v.wire.trace.setLength(0);
        assertThat(v.written(bitRow, 1)).isEqualTo(WriteResult.CONFIRMED);
        assertThat(v.wire.trace).doesNotContain("function 22").doesNotContain("function 6 ");
    }

    @Test
    void forbiddenOffsetsAreNeverWritten() {
        DeviceLimits limits = new DeviceLimits(
                125, 2000, 2, 1968, 8, 64, List.of(new OffsetRange(ModbusTable.HOLDING_REGISTER, 50, 60)));
        ModbusDevice guarded = f.device("guarded", 3, limits);
        int bad = f.holding(guarded, Fixture.FAST, 55);
        RegisterFormat array = new RegisterFormat(RegisterType.UINT16, WordOrder.BIG_ENDIAN, 5, 0, -1, 0, 1, 0);
        int long5 = f.point(guarded, Fixture.FAST, ModbusTable.HOLDING_REGISTER, 0, array, ValueType.UINT16, 5);
        VirtualLink v = online();
        assertThat(f.status(bad)).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
        assertThat(v.link.diagnostics(bad).lastError()).contains("forbidden");
        assertThat(v.written(bad, 1).status()).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
        CompletableFuture<WriteResult> answer = v.write(long5, 0, new long[] {1, 2, 3, 4, 5}, -1, 5_000);
        v.runUntil(answer::isDone, 5_000);
        assertThat(answer.join()).isEqualTo(WriteResult.CONFIRMED);
        assertThat(v.wire.unit(3).writes).isEqualTo(3); // 2 + 2 + 1 registers
    }

    @Test
    void closeAnswersWhatWaits() {
        VirtualLink v = online();
        CompletableFuture<WriteResult> answer = v.write(row, 5);
        v.link.close();
        v.link.close();
        assertThat(answer.join().status()).isEqualTo(StatusCode.BAD_SHUTDOWN);
        assertThat(v.write(row, 6).join().status()).isEqualTo(StatusCode.BAD_SHUTDOWN);
    }
}
