package org.uatwin.server.virtual;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.expression.Evaluation;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * A twin some of whose values follow the equations of a {@link Physics} file; the others are those of another source. An
 * equation reads what was computed before it in this step, and of itself and what follows the value of the last step.
 */
final class EquationSource implements TwinSource {
    private static final double LONGEST_STEP_S = 1; // explicit Euler: what is written as x + ... * dt must not run away

    /** Reads a quantity; the source of its twin may be made later. */
    @FunctionalInterface
    private interface Input {
        double read();
    }

    /** One equation at work. */
    private static final class Line {
        final Evaluation evaluation;
        final List<Input> inputs;
        final NoiseStream noise;
        double value;

        Line(Evaluation evaluation, List<Input> inputs, NoiseStream noise, double value) {
            this.evaluation = evaluation;
            this.inputs = inputs;
            this.noise = noise;
            this.value = value;
        }
    }

    private final Twin twin;
    private final TwinSource others;
    private final Map<String, Line> byName = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final @Nullable Line[] byOrdinal;
    private final long startTicks;
    private double seconds;
    private double dt;
    private double gaussian;

    /**
     * @param others where values without an equation come from.
     * @param of finds the source of another twin by its id, null if it has none; asked in every step.
     */
    EquationSource(
            Twin twin,
            List<Physics.Equation> equations,
            TwinSource others,
            Function<PointRef, Double> of,
            long seed,
            long startTicks) {
        this.twin = twin;
        this.others = others;
        this.startTicks = startTicks;
        byOrdinal = new Line[twin.pointCount()];
        NoiseStream noise = NoiseStream.ofSeed(seed);
        for (Physics.Equation equation : equations) {
            int ordinal = twin.type().pointOrdinal(equation.name());
            List<Input> inputs = equation.formula().references().stream()
                    .map(ref -> input(ref, of))
                    .toList();
            double start = equation.start().orElseGet(() -> others.number(ordinal));
            Line line = new Line(equation.formula().begin(), inputs, noise.split(), start);
            lines.add(line);
            byName.put(equation.name(), line);
            if (ordinal >= 0) { // else a hidden state
                byOrdinal[ordinal] = line;
            }
        }
    }

    private Input input(PointRef ref, Function<PointRef, Double> of) {
        if (!ref.isOwn()) {
            return () -> of.apply(ref);
        }
        return switch (ref.point()) {
            case Physics.SECONDS -> () -> seconds;
            case Physics.STEP -> () -> dt;
            case Physics.NOISE -> () -> gaussian;
            default -> () -> own(ref.point());
        };
    }

    private double own(String name) {
        Line line = byName.get(name);
        return line != null ? line.value : others.number(twin.type().pointOrdinal(name));
    }

    @Override
    public boolean isMachine() {
        return others.isMachine();
    }

    @Override
    public void step(double whole) {
        others.step(whole);
        for (double left = whole; left > 0; left -= LONGEST_STEP_S) {
            dt = Math.min(left, LONGEST_STEP_S);
            seconds += dt;
            lines.forEach(this::compute);
        }
    }

    private void compute(Line line) {
        gaussian = line.noise.gaussian();
        for (int i = 0; i < line.inputs.size(); i++) {
            line.evaluation.set(i, line.inputs.get(i).read());
        }
        double value = line.evaluation.evaluate(startTicks + Math.round(seconds * UaTime.TICKS_PER_SECOND));
        if (Double.isFinite(value)) { // a division by zero keeps the last value
            line.value = value;
        }
    }

    @Override
    public double number(int ordinal) {
        Line line = byOrdinal[ordinal];
        return line == null ? others.number(ordinal) : line.value;
    }

    @Override
    public @Nullable Object object(int ordinal) {
        return byOrdinal[ordinal] == null ? others.object(ordinal) : null;
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
