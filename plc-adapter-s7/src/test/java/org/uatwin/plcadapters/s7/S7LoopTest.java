package org.uatwin.plcadapters.s7;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.loop.LoopHost;
import org.uatwin.plcadapters.loop.WaitingWrite;

/** The loop over virtual time, against a CPU in memory that fails by command. */
class S7LoopTest {
    private static final long MILLI = 1_000_000L;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nowNs;
    private final Cpu cpu = new Cpu();
    private final S7Plant plant =
            new S7Plant(102, "", "Count: \"DB1.DBW0\", Total: \"DB1.DBD4\", Running: \"DB1.DBX10.2\"");
    private final S7Loop loop = loop();

    /** 64 bytes of DB1. */
    private final class Cpu implements S7Wire {
        final byte[] memory = new byte[64];
        final Map<Integer, Integer> requests = new HashMap<>(); // blocks of a request -> how often
        boolean isOff;
        boolean isSilent;
        int connects;
        int length = 64;
        boolean isOpen;

        @Override
        public void connect(long timeoutNs, Runnable onTick) throws WireException {
            connects++;
            if (isOff) {
                throw new WireException("refused", false);
            }
            isOpen = true;
        }

        @Override
        public boolean isConnected() {
            return isOpen;
        }

        private void wait(long timeoutNs, Runnable onTick) throws WireException {
            if (isSilent) {
                for (long waited = 0; waited < timeoutNs; waited += 50 * MILLI) {
                    nowNs += 50 * MILLI;
                    onTick.run();
                }
                throw new WireException("no answer", true);
            }
            nowNs += MILLI;
        }

        @Override
        public List<Answer> read(List<S7Block> blocks, long timeoutNs, Runnable onTick) throws WireException {
            wait(timeoutNs, onTick);
            requests.merge(blocks.size(), 1, Integer::sum);
            List<Answer> answers = new ArrayList<>();
            for (S7Block block : blocks) {
                answers.add(
                        block.end() > length
                                ? new Answer(Result.NO_SUCH_ADDRESS, Bytes.NONE)
                                : new Answer(
                                        Result.OK, new Bytes(Arrays.copyOfRange(memory, block.offset(), block.end()))));
            }
            return answers;
        }

        @Override
        public Result write(Write write, long timeoutNs, Runnable onTick) throws WireException {
            wait(timeoutNs, onTick);
            int at = write.block().offset();
            if (write.bit() >= 0) {
                int mask = 1 << write.bit();
                memory[at] = (byte) (write.data().array()[0] != 0 ? memory[at] | mask : memory[at] & ~mask);
            } else {
                System.arraycopy(
                        write.data().array(), 0, memory, at, write.data().length());
            }
            return Result.OK;
        }

        @Override
        public void close() {
            isOpen = false;
        }

        @Override
        public void abort() {}
    }

    private LinkEnvironment environment() {
        return new LinkEnvironment(
                () -> START.plusNanos(nowNs), () -> nowNs, 1, Executors.defaultThreadFactory(), Runnable::run);
    }

    private S7Loop loop() {
        LinkOpening opening = plant.opening(environment());
        S7Settings settings = (S7Settings) ((FieldConnection) opening.connection()).settings();
        S7Loop made = new S7Loop(opening, settings, cpu, new LoopHost() {
            @Override
            public void wake() {}

            @Override
            public void tick() {}
        });
        made.begin();
        return made;
    }

    private void run(long ms) {
        long end = nowNs + ms * MILLI;
        while (nowNs < end) {
            long next = loop.step();
            nowNs = Math.max(nowNs, Math.min(next, end));
        }
    }

    /** Complaint C45: other points on the same connection, and those that stay keep value and turn. */
    @Test
    void aReloadGoesOnOverTheSameConnection() {
        cpu.memory[1] = 7;
        cpu.memory[21] = 9;
        for (int i = 0; i < 20; i++) {
            nowNs = Math.max(nowNs, loop.step());
        }
        assertThat(plant.read("Count").bits()).isEqualTo(7);

        loop.prepareUpdate(
                        plant.opening("Count: \"DB1.DBW0\", Total: \"DB1.DBD8\", Small: \"DB1.DBB21\"", environment()))
                .orElseThrow()
                .run();
        assertThat(plant.read("Count").status()).isEqualTo(StatusCode.GOOD);
        assertThat(plant.read("Total").status()).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        for (int i = 0; i < 20; i++) {
            nowNs = Math.max(nowNs, loop.step());
        }

        assertThat(plant.read("Small").bits()).isEqualTo(9);
        assertThat(plant.read("Total").status()).isEqualTo(StatusCode.GOOD);
        assertThat(cpu.connects).isEqualTo(1);
        assertThat(loop.refusal(new WriteCommand(plant.row("Running"), 1, null, -1, Long.MAX_VALUE)))
                .isPresent();
    }

    /** Silence is noticed within timeout and hold time, and the first answer makes everything Good again. */
    @Test
    void silentCpuLosesItsQualityAndGetsItBack() {
        cpu.memory[1] = 42;
        run(200);
        assertThat(plant.status("Count")).isEqualTo(StatusCode.GOOD);
        assertThat(plant.read("Count").bits()).isEqualTo(42);
        cpu.isSilent = true;
        run(1_200); // timeout 1 s, hold time 300 ms
        assertThat(plant.status("Count")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(plant.read("Count").bits()).isEqualTo(42);
        cpu.isSilent = false;
        cpu.memory[1] = 43;
        run(2_000);
        assertThat(plant.status("Count")).isEqualTo(StatusCode.GOOD);
        assertThat(plant.read("Count").bits()).isEqualTo(43);
    }

    /** While the hold time lasts, clients may go on with the last value and see that it is one. */
    @Test
    void lostConnectionIsUncertainFirst() {
        run(200);
        cpu.isOpen = false;
        cpu.isOff = true;
        run(50);
        assertThat(plant.status("Count")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        run(500);
        assertThat(plant.status("Count")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    @Test
    void attemptsToConnectBackOff() {
        cpu.isOff = true;
        run(60_000);
        assertThat(cpu.connects).isBetween(55, 85); // 0.5 s, then 1 s, each three quarters to all of it
        assertThat(loop.figures().state()).isEqualTo(LinkStatistics.State.BACKING_OFF);
        assertThat(loop.refusal(WriteCommand.scalar(plant.row("Count"), 1, Long.MAX_VALUE)))
                .isPresent();
        cpu.isOff = false;
        run(1_000);
        assertThat(plant.status("Count")).isEqualTo(StatusCode.GOOD);
    }

    /** The block is refused as a whole; its good points must not suffer for the bad one. */
    @Test
    void onePointBeyondTheBlockCostsTheOthersNothing() {
        cpu.length = 10;
        run(500);
        assertThat(plant.status("Count")).isEqualTo(StatusCode.GOOD);
        assertThat(plant.status("Total")).isEqualTo(StatusCode.GOOD);
        assertThat(plant.status("Running")).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
        assertThat(loop.diagnostics(plant.row("Running")).lastError()).contains("DB1", "Fix");
    }

    @Test
    void neighboursAreOneItemAndThePeriodIsKept() {
        run(10_000);
        assertThat(cpu.requests.keySet()).containsExactly(1);
        assertThat(cpu.requests.get(1)).isBetween(95, 102); // every 100 ms
    }

    @Test
    void writeIsReadBackBeforeItIsAnswered() {
        run(200);
        WaitingWrite write = new WaitingWrite(WriteCommand.scalar(plant.row("Running"), 1, Long.MAX_VALUE));
        loop.perform(write);
        assertThat(write.isAnswered()).isTrue();
        assertThat(cpu.memory[10]).isEqualTo((byte) 4);
        assertThat(plant.read("Running").bits()).isEqualTo(1);
    }

    @Test
    void silentWriteIsATimeoutAndTheConnectionIsMadeAnew() {
        run(200);
        cpu.isSilent = true;
        WaitingWrite write = new WaitingWrite(WriteCommand.scalar(plant.row("Count"), 1, Long.MAX_VALUE));
        loop.perform(write);
        assertThat(write.isAnswered()).isTrue();
        assertThat(cpu.isOpen).isFalse();
        loop.end();
        assertThat(plant.status("Count").isGood()).isFalse();
    }
}
