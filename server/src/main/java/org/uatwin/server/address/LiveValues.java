package org.uatwin.server.address;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.control.ControlStatus;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.estimation.Synchronisation;

/** Rows of the point table as OPC UA DataValues. Bad values are sent as null (contracts section 2). Any thread. */
public final class LiveValues {
    private static final ConcurrentHashMap<Integer, StatusCode> STATUS = new ConcurrentHashMap<>();

    private final PointTable table;
    private final PointFacts facts;
    private final Function<TwinInstance, String> nodeVersions;
    private final InstantSource clock;
    private final DateTime started;
    private volatile Function<TwinInstance, @Nullable Synchronisation> synchronisations = instance -> null;
    private volatile Function<TwinInstance, String> runVersions = instance -> "0";
    private volatile Function<TwinInstance, @Nullable ControlStatus> controls = instance -> null;
    private volatile ToDoubleFunction<TwinInstance> startsOfLife = instance -> Double.NaN;
    private final ThreadLocal<PointValue> buffers = ThreadLocal.withInitial(PointValue::new);

    /** @param nodeVersions NodeVersion of a twin. */
    public LiveValues(
            PointTable table, PointFacts facts, Function<TwinInstance, String> nodeVersions, InstantSource clock) {
        this.table = table;
        this.nodeVersions = nodeVersions;
        this.facts = facts;
        this.clock = clock;
        this.started = new DateTime(UaTime.ofInstant(clock.instant()));
    }

    /** From now on values that tell how well twins follow their assets come from here; null for a twin that is not followed. */
    public void follow(Function<TwinInstance, @Nullable Synchronisation> by) {
        synchronisations = by;
    }

    /** How well a twin follows its asset; null if it is not followed. */
    @Nullable
    Synchronisation synchronisation(TwinInstance instance) {
        return synchronisations.apply(instance);
    }

    /** From now on NodeVersions of {@code Runs} folders come from here. */
    public void runVersions(Function<TwinInstance, String> by) {
        runVersions = by;
    }

    String runsVersion(TwinInstance instance) {
        return runVersions.apply(instance);
    }

    /** From now on values that tell how automatic modes stand come from here; null for a twin that has none. */
    public void control(Function<TwinInstance, @Nullable ControlStatus> by) {
        controls = by;
    }

    /** How the automatic mode of a twin stands; null if it has none. */
    @Nullable
    ControlStatus controlStatus(TwinInstance instance) {
        return controls.apply(instance);
    }

    /** From now on the hours a twin was expected to live when its life began come from here; NaN while that is not known. */
    public void startsOfLife(ToDoubleFunction<TwinInstance> by) {
        startsOfLife = by;
    }

    double startOfLife(TwinInstance instance) {
        return startsOfLife.applyAsDouble(instance);
    }

    PointTable table() {
        return table;
    }

    PointFacts facts() {
        return facts;
    }

    String nodeVersion(TwinInstance instance) {
        return nodeVersions.apply(instance);
    }

    long now() {
        return UaTime.ofInstant(clock.instant());
    }

    /** The current value of a point with both timestamps. */
    public DataValue point(TwinInstance instance, int ordinal) {
        PointValue v = buffers.get();
        table.read(instance.firstRow() + ordinal, v);
        return dataValue(
                instance.type().points().get(ordinal),
                v.bits,
                v.object,
                v.statusBits,
                v.hasValue() ? v.sourceTime : 0,
                v.hasValue() ? v.receiveTime : 0,
                new Times());
    }

    /** DateTimes of neighbouring samples, which mostly carry the same time: one object for all. One thread only. */
    static final class Times {
        private DateTime last = DateTime.MIN_VALUE;

        private @Nullable DateTime of(long ticks) {
            if (ticks == 0) {
                return null;
            }
            if (last.getUtcTime() != ticks) {
                last = new DateTime(ticks);
            }
            return last;
        }
    }

    /** Entry {@code i} of a batch as the value of {@code point}. */
    static DataValue ofBatch(Member.Point point, SampleBatch batch, int i, Times times) {
        return dataValue(
                point,
                batch.bits(i),
                batch.object(i),
                batch.statusBits(i),
                batch.sourceTime(i),
                batch.receiveTime(i),
                times);
    }

    /** A constant: Good since the server started, confirmed now. */
    DataValue fixed(Variant value) {
        return new DataValue(value, StatusCode.GOOD, started, new DateTime(now()));
    }

    /** A value computed now. */
    DataValue computed(Variant value) {
        DateTime now = new DateTime(now());
        return new DataValue(value, StatusCode.GOOD, now, now);
    }

    private static DataValue dataValue(
            Member.Point point,
            long bits,
            @Nullable Object object,
            int statusBits,
            long source,
            long receive,
            Times times) {
        StatusCode status = statusBits == 0
                ? StatusCode.GOOD
                : STATUS.computeIfAbsent(statusBits, code -> new StatusCode(Integer.toUnsignedLong(code)));
        Variant value = status.isBad() || receive == 0
                ? Variant.NULL_VALUE
                : Variants.of(point.dataType(), point.isArray(), bits, object);
        return new DataValue(value, status, times.of(source), times.of(receive));
    }
}
