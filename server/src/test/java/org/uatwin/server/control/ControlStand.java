package org.uatwin.server.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.address.WriteOutcome;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;

/** A pump and a tank whose device holds what it is sent, over virtual time. */
final class ControlStand implements ControlTime, SetpointWriter {
    static final long T0 = UaTime.ofInstant(Instant.parse("2026-03-01T00:00:00Z"));
    private static final long SECOND = 1_000_000_000L;

    /** What the device does with a value. */
    enum Answer {
        CONFIRMED,
        REFUSED,
        /** It has the value and nobody knows. */
        LOST,
        /** Answered by {@link ControlStand#answer}. */
        LATER
    }

    /** A value the device got, where it was going, and what the device had before. */
    record Sent(String point, double value, double target, double before, double second) {}

    private record Task(long at, long number, Runnable work) {}

    final LivePlant live;
    final SetpointGate gate;
    final List<Sent> sent = new ArrayList<>();
    final List<SetpointGate.RampEnd> ends = new ArrayList<>();
    /** What the audit trail was told by those who keep it here. */
    final List<String> audit = new ArrayList<>();

    Answer answers = Answer.CONFIRMED;
    /** What the device rounds values to; 0: it keeps them. */
    double quantum;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private final List<CompletableFuture<StatusCode>> open = new ArrayList<>();
    private long now;
    private long number;

    static final String PUMP =
            """
            setpoints: {SpeedSetpoint: {limits: [0, 2900], rate: 100, step: 200, safe: 0}}
            interlocks:
              - {allow: "'tank/Level' < 90 || asked <= SpeedSetpoint", text: Tank full, for: [SpeedSetpoint]}
            """;

    static LivePlant plant(String rulesOfPump, String rulesOfTank) {
        String text =
                """
                uatwin: 1
                siteId: stand
                connections:
                  plc: {host: 127.0.0.1, devices: {io: {unit: 1}}}
                types:
                  PumpUnit:
                    version: 1.0.0
                    points:
                      SpeedSetpoint: {unit: r/min, euRange: [0, 3000], writable: true}
                      Mode: {type: Int32, writable: true}
                      Beat: {type: UInt16, writable: true}
                      Running: {type: Boolean}
                    methods: [SetControlMode, ApplySetpoints]
                  Basin:
                    version: 1.0.0
                    points:
                      Level: {unit: "%", euRange: [0, 100]}
                      Remote: {type: Boolean}
                      Valve: {unit: "%", euRange: [0, 100], writable: true}
                    methods: [SetControlMode, ApplySetpoints]
                twins:
                  - id: pump
                    type: PumpUnit
                    parent: tank
                    points:
                      SpeedSetpoint: holding 0 float32
                      Mode: holding 2 int32
                      Beat: holding 4 uint16
                      Running: coil 0
                """
                        + rulesOfPump.indent(4)
                        + """
                          - id: tank
                            type: Basin
                            points: {Level: input 0 float32, Valve: holding 10 float32, Remote: coil 1}
                        """
                        + rulesOfTank.indent(4);
        PlantReading reading = PlantFile.read(text, "plant.yaml");
        PointTable table = new PointTable(Runnable::run, failure -> {
            throw new AssertionError(failure);
        });
        return LivePlant.first(
                reading.plant()
                        .orElseThrow(() -> new AssertionError(reading.findings().toString())),
                new RowPool(table),
                T0);
    }

    ControlStand(String rulesOfPump, String rulesOfTank) {
        live = plant(rulesOfPump, rulesOfTank);
        gate = new SetpointGate(live, this, this, ends::add);
        set("pump/SpeedSetpoint", 1000);
        set("pump/Mode", 0);
        set("pump/Beat", 0);
        set("pump/Running", 1);
        set("tank/Level", 50);
        set("tank/Valve", 30);
        set("tank/Remote", 1);
    }

    ControlStand() {
        this(PUMP, "");
    }

    int row(String name) {
        TwinInstance twin = twin(name.substring(0, name.indexOf('/')));
        return twin.row(name.substring(name.indexOf('/') + 1));
    }

    TwinInstance twin(String id) {
        TwinInstance found = live.instance(id);
        if (found == null) {
            throw new AssertionError(id);
        }
        return found;
    }

    private Member.Point point(int row) {
        TwinInstance owner = live.ownerOf(row);
        return owner.type().points().get(row - owner.firstRow());
    }

    /** A poll of the device says so. */
    void set(String name, double value) {
        set(name, value, StatusCode.GOOD);
    }

    void set(String name, double value, StatusCode status) {
        int row = row(name);
        SampleBatch batch = new SampleBatch(1);
        batch.add(row, point(row).dataType().fromDouble(value), status, ticks(), ticks());
        live.table().submit(live.table().shardOf(row), batch);
    }

    double value(String name) {
        int row = row(name);
        return point(row).dataType().toDouble(live.table().read(row).bits());
    }

    /** A client writes. */
    CompletableFuture<WriteOutcome> write(String name, double value) {
        int row = row(name);
        return gate.send("anna", row, point(row).dataType().fromDouble(value), null, WHOLE, now + 10 * SECOND)
                .toCompletableFuture();
    }

    @Override
    public CompletionStage<StatusCode> write(
            int row, long bits, @Nullable Object object, int firstElement, long deadlineNanos) {
        String name = live.label(row);
        double value = point(row).dataType().toDouble(bits);
        if (answers == Answer.REFUSED) {
            return CompletableFuture.completedFuture(StatusCode.BAD_DEVICE_FAILURE);
        }
        sent.add(new Sent(name, value, gate.target(row).orElse(value), value(name), now / 1e9));
        if (answers == Answer.LATER) {
            CompletableFuture<StatusCode> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        }
        if (answers == Answer.LOST) {
            return CompletableFuture.completedFuture(StatusCode.BAD_TIMEOUT);
        }
        set(name, quantum == 0 ? value : Math.rint(value / quantum) * quantum);
        return CompletableFuture.completedFuture(StatusCode.GOOD);
    }

    /** From now on the device is read each second; a value it has not got is not there. */
    void poll() {
        after(SECOND, () -> {
            set("pump/SpeedSetpoint", value("pump/SpeedSetpoint"));
            poll();
        });
    }

    /** The device answers what it was asked last. */
    void answer(StatusCode status) {
        Sent last = sent.get(sent.size() - 1);
        set(last.point(), last.value());
        open.remove(open.size() - 1).complete(status);
    }

    /** Time passes; what is due happens at its time. */
    void pass(double seconds) {
        long until = now + Math.round(seconds * SECOND);
        while (!tasks.isEmpty() && tasks.peek().at() <= until) {
            Task task = tasks.remove();
            now = Math.max(now, task.at());
            task.work().run();
        }
        now = until;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long ticks() {
        return T0 + 1 + now / 100;
    }

    @Override
    public void after(long nanos, Runnable task) {
        tasks.add(new Task(now + nanos, number++, task));
    }

    List<Double> values(String point) {
        return sent.stream()
                .filter(s -> s.point().equals(point))
                .map(Sent::value)
                .toList();
    }
}
