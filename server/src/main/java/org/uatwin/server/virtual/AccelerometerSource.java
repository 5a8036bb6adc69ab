package org.uatwin.server.virtual;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.server.virtual.fault.FaultKind;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.BearingOrders;
import org.uatwin.simulation.virtual.VirtualBearing;

/**
 * Puts a virtual bearing behind each waveform of a twin whose {@code vibration} names one; all else is what another source says. A new waveform is
 * taken every ten seconds, at the speed the shaft has then.
 */
final class AccelerometerSource implements TwinSource {
    private static final double PERIOD_S = 10;

    private final TwinSource others;
    private final Map<Integer, Accelerometer> byOrdinal;

    private AccelerometerSource(TwinSource others, Map<Integer, Accelerometer> byOrdinal) {
        this.others = others;
        this.byOrdinal = byOrdinal;
    }

    /** One sensor and the bearing it stands on. */
    private static final class Accelerometer {
        final VibrationRule rule;
        final VirtualBearing bearing;
        final ToDoubleFunction<PointRef> rpm;
        final int samples;
        Map<FaultKind, Double> severity = Map.of();
        double[] last = new double[0];
        double left = PERIOD_S; // simulated seconds until the next waveform

        Accelerometer(
                VibrationRule rule, VibrationRule.Bearing of, ToDoubleFunction<PointRef> rpm, int samples, long seed) {
            this.rule = rule;
            this.rpm = rpm;
            this.samples = samples;
            bearing = new VirtualBearing(BearingOrders.of(of.balls(), of.ballMm() / of.pitchMm(), of.angleDeg()), seed);
        }

        double[] now() {
            if (last.length == 0) {
                take(); // the first is asked for when all twins are there
            }
            return last;
        }

        private double speed() {
            VibrationRule.Speed speed = rule.speed().orElseThrow();
            double measured = speed.point().map(rpm::applyAsDouble).orElse(speed.rpm());
            return Double.isFinite(measured) ? measured * speed.ratio() : 0;
        }

        void take() {
            Map<BearingFault, Double> faults = new EnumMap<>(BearingFault.class);
            severity.forEach((kind, how) -> part(kind).ifPresent(part -> faults.put(part, how)));
            double unbalance = severity.getOrDefault(FaultKind.UNBALANCE, 0.0);
            double[] taken = bearing.next(samples, rule.sampleRateHz(), speed(), faults, unbalance);
            for (int i = 0; i < taken.length; i++) {
                taken[i] /= rule.metrePerS2();
            }
            last = taken;
        }

        private static Optional<BearingFault> part(FaultKind kind) {
            return switch (kind) {
                case OUTER_RACE -> Optional.of(BearingFault.OUTER_RACE);
                case INNER_RACE -> Optional.of(BearingFault.INNER_RACE);
                case ROLLING_ELEMENT -> Optional.of(BearingFault.BALL);
                default -> Optional.empty();
            };
        }
    }

    /**
     * The source itself if the twin has no such waveform.
     *
     * @param rpm turns a minute of what a point of the twin, or another, shows.
     */
    static TwinSource around(TwinSource others, Twin twin, ToDoubleFunction<PointRef> rpm, long seed) {
        Map<Integer, Accelerometer> found = new TreeMap<>();
        for (int i = 0; twin.isTreated() && i < twin.pointCount(); i++) {
            Optional<VibrationRule> rule = twin.treatment(i).vibration();
            boolean isMeasured = twin.binding(i) instanceof Binding.Modbus || twin.binding(i) instanceof Binding.Field;
            if (isMeasured && rule.isPresent() && rule.get().bearing().isPresent()) {
                int samples = twin.type().points().get(i).arrayLength();
                VibrationRule.Bearing bearing = rule.get().bearing().get();
                found.put(i, new Accelerometer(rule.get(), bearing, rpm, samples, seed + i));
            }
        }
        if (found.isEmpty()) {
            return others;
        }
        return new AccelerometerSource(others, found);
    }

    @Override
    public boolean isMachine() {
        return others.isMachine();
    }

    @Override
    public boolean isAccelerometer(int ordinal) {
        return byOrdinal.containsKey(ordinal);
    }

    @Override
    public void damage(int ordinal, Map<FaultKind, Double> severity) {
        Accelerometer sensor = byOrdinal.get(ordinal);
        if (sensor != null) {
            sensor.severity = Map.copyOf(severity);
        }
    }

    @Override
    public void step(double dt) {
        others.step(dt);
        byOrdinal.values().forEach(sensor -> {
            sensor.left -= dt;
            if (sensor.left <= 0) {
                sensor.left = Math.max(0, sensor.left + PERIOD_S);
                sensor.take();
            }
        });
    }

    @Override
    public double number(int ordinal) {
        return others.number(ordinal);
    }

    @Override
    public @Nullable Object object(int ordinal) {
        Accelerometer sensor = byOrdinal.get(ordinal);
        return sensor == null ? others.object(ordinal) : sensor.now();
    }

    @Override
    public void write(int ordinal, double value) {
        others.write(ordinal, value);
    }

    @Override
    public void writeObject(int ordinal, Object value) {
        others.writeObject(ordinal, value);
    }
}
