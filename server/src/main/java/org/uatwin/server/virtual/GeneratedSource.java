package org.uatwin.server.virtual;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * A twin without physics: every measured point moves within its range, every setpoint holds what was written last, and
 * {@code X} follows {@code XSetpoint}. Only what is bound is computed.
 */
final class GeneratedSource implements TwinSource {
    private static final String SETPOINT = "Setpoint";
    private static final double HOUR_PER_SECOND = 1.0 / 3600;

    private final Twin twin;
    private final List<Member.Point> points;
    private final @Nullable Signal[] signals;
    private final @Nullable Object[] objects;
    private final double[] numbers;
    private final double[] lows;
    private final double[] highs;
    private final long start;

    /**
     * @param representable what the address of a point can carry, by ordinal; null for points that are not bound.
     * @param start UaTime of the first step.
     */
    GeneratedSource(Twin twin, @Nullable Range[] representable, long seed, long start) {
        this.twin = twin;
        points = twin.type().declaredPoints();
        int n = points.size();
        signals = new Signal[n];
        objects = new Object[n];
        numbers = new double[n];
        lows = new double[n];
        highs = new double[n];
        this.start = start;
        NoiseStream noise = NoiseStream.ofSeed(seed);
        for (int i = 0; i < n; i++) {
            NoiseStream own = noise.split(); // one for each, bound or not: binding a point changes no other
            Range carried = representable[i];
            if (carried != null) {
                range(i, carried);
                begin(i, own);
            }
        }
    }

    /** Where values of a point stay: its range, within its validity and what its address can carry. */
    private void range(int i, Range carried) {
        Member.Point point = points.get(i);
        Range nominal = point.euRange().orElse(new Range(0, 100));
        double low = Math.max(nominal.low(), carried.low());
        double high = Math.min(nominal.high(), carried.high());
        if (point.validity().isPresent()) {
            low = Math.max(low, point.validity().get().low());
            high = Math.min(high, point.validity().get().high());
        }
        if (!point.isWritable()) {
            low = Math.max(low, point.limits().low().orElse(low));
            high = Math.min(high, point.limits().high().orElse(high));
        }
        lows[i] = low < high ? low : carried.low();
        highs[i] = low < high ? high : carried.high();
    }

    private void begin(int i, NoiseStream noise) {
        Member.Point point = points.get(i);
        if (point.dataType() == ValueType.STRING || point.isArray()) {
            objects[i] = initial(i, point);
            if (point.isArray() && !point.isWritable() && point.dataType().isNumeric()) {
                signals[i] = Signal.swinging(lows[i], highs[i], noise);
            }
            return;
        }
        if (point.isWritable()) {
            numbers[i] = setpointStart(i, point);
            return;
        }
        signals[i] = signal(i, point, noise);
        Signal signal = signals[i];
        numbers[i] = signal == null ? 0 : signal.step(0);
    }

    private double setpointStart(int i, Member.Point point) {
        return switch (point.kind()) {
            case TWO_STATE -> 0;
            case MULTI_STATE -> point.enumTexts().get(0).value();
            case ANALOG, PLAIN, WAVEFORM -> (lows[i] + highs[i]) / 2;
            case COUNTER -> 0;
        };
    }

    private @Nullable Signal signal(int i, Member.Point point, NoiseStream noise) {
        if (point.dataType() == ValueType.DATE_TIME) {
            return null; // the site puts its own time there
        }
        return switch (point.kind()) {
            case TWO_STATE -> Signal.switching(new double[] {0, 1}, noise);
            case MULTI_STATE ->
                Signal.switching(
                        point.enumTexts().stream().mapToDouble(t -> t.value()).toArray(), noise);
            case COUNTER -> {
                boolean isHours =
                        point.unit().filter(u -> u.symbol().equals("h")).isPresent();
                yield Signal.counting(isHours ? HOUR_PER_SECOND : 0.1 + noise.uniform(), highs[i]);
            }
            case ANALOG, PLAIN, WAVEFORM -> {
                int setpoint = twin.type().pointOrdinal(point.name() + SETPOINT);
                yield setpoint >= 0
                                && twin.binding(setpoint) != null
                                && points.get(setpoint).isWritable()
                                && point.kind() == PointKind.ANALOG
                        ? Signal.following(() -> numbers[setpoint], lows[i], highs[i], noise)
                        : Signal.swinging(lows[i], highs[i], noise);
            }
        };
    }

    private Object initial(int i, Member.Point point) {
        int n = Math.max(1, point.arrayLength());
        if (point.dataType() == ValueType.STRING) {
            String text = twin.id() + " " + point.name();
            if (!point.isArray()) {
                return text;
            }
            String[] texts = new String[n];
            Arrays.setAll(texts, k -> text + " " + (k + 1));
            return texts;
        }
        if (point.dataType() == ValueType.BOOLEAN) {
            return new boolean[n];
        }
        return filled(i, (lows[i] + highs[i]) / 2);
    }

    private Object filled(int i, double value) {
        Member.Point point = points.get(i);
        if (point.dataType().isFloating()) {
            double[] values = new double[point.arrayLength()];
            Arrays.fill(values, value);
            return values;
        }
        long[] values = new long[point.arrayLength()];
        Arrays.fill(
                values,
                point.dataType() == ValueType.DATE_TIME
                        ? start
                        : point.dataType().fromDouble(value));
        return values;
    }

    @Override
    public void step(double dt) {
        for (int i = 0; i < signals.length; i++) {
            Signal signal = signals[i];
            if (signal == null) {
                continue;
            }
            double value = signal.step(dt);
            if (points.get(i).isArray()) {
                objects[i] = filled(i, value);
            } else {
                numbers[i] = value;
            }
        }
    }

    @Override
    public double number(int ordinal) {
        return numbers[ordinal];
    }

    @Override
    public @Nullable Object object(int ordinal) {
        return objects[ordinal];
    }

    @Override
    public void write(int ordinal, double value) {
        numbers[ordinal] = value;
    }

    @Override
    public void writeObject(int ordinal, Object value) {
        objects[ordinal] = value;
    }
}
