package org.uatwin.simulation.objective.building;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.twin.BoundSystem;

/**
 * What a stage does to the building, from every temperature of its mass with every choice of setpoints: computed with the twin's own model,
 * once for each kind of stage. Stages of the same weather are of one kind.
 */
final class ZoneTable {
    private final Question question;
    private final double stageSeconds;
    private final double stepSeconds;
    private final int parts;
    private final List<Choice> choices;
    private final Effort effort;
    private final Map<List<Double>, Map<Long, Passage>> kinds = new HashMap<>();
    private Map<Long, Passage> last = new HashMap<>();
    private Map<String, Double> lastWeather = Map.of();
    private double lastSeconds = Double.NaN;
    private final int mass;
    private final int clock;
    private final int air;
    private final int power;
    private final int massAfter;

    /** Setpoints of a stage. */
    record Choice(double heating, double cooling) {
        List<ScenarioAction> actions(double atSeconds) {
            return List.of(
                    ScenarioAction.set("HeatingSetpoint", heating, atSeconds),
                    ScenarioAction.set("CoolingSetpoint", cooling, atSeconds));
        }
    }

    /** One stage: temperature of the mass after it, and what each part of it draws and feels like. */
    static final class Passage {
        final double next;
        final double[] powerW;
        final double[] air;

        private Passage(double next, double[] powerW, double[] air) {
            this.next = next;
            this.powerW = powerW;
            this.air = air;
        }
    }

    ZoneTable(Question question, double stageSeconds, List<Choice> choices, Effort effort) {
        this.question = question;
        this.effort = effort;
        this.stageSeconds = stageSeconds;
        ModelDescription d = question.subject().description();
        parts = (int) Math.max(1, Math.ceil(stageSeconds / d.maxStepSeconds() - 1e-9));
        stepSeconds = stageSeconds / parts;
        this.choices = List.copyOf(choices);
        mass = d.stateIndex("MassTemperature");
        clock = d.stateIndex(BoundSystem.TIME_OF_DAY);
        air = d.outputIndex("AirTemperature");
        power = d.outputIndex("Electricity");
        massAfter = d.outputIndex("MassTemperature");
    }

    int parts() {
        return parts;
    }

    double stepSeconds() {
        return stepSeconds;
    }

    /**
     * @param weather values of inputs that the stage has, by name and in a fixed order; part of the kind.
     * @param seconds since the start, where the time of day matters; else 0.
     * @param temperature of the mass; passages are kept per thousandth of a kelvin.
     * @return null when the effort is used up.
     */
    @Nullable
    Passage passage(Map<String, Double> weather, double seconds, double temperature, int choice) {
        if (!weather.equals(lastWeather) || seconds != lastSeconds) {
            List<Double> kind = new ArrayList<>(weather.values());
            kind.add(seconds);
            last = kinds.computeIfAbsent(kind, k -> new HashMap<>());
            lastWeather = weather;
            lastSeconds = seconds;
        }
        long key = Math.round(temperature * 1000) * 1000 + choice;
        Passage known = last.get(key);
        if (known == null && effort.next()) {
            known = pass(weather, seconds, temperature, choice);
            last.put(key, known);
        }
        return known;
    }

    private Passage pass(Map<String, Double> weather, double seconds, double temperature, int choice) {
        ModelStart from = question.start();
        double[] state = from.state();
        state[mass] = temperature;
        if (clock >= 0) {
            double hour = question.hourAt(seconds);
            state[clock] = hour - 24 * Math.floor(hour / 24);
        }
        List<ScenarioAction> actions = new ArrayList<>(choices.get(choice).actions(0));
        weather.forEach((name, value) -> actions.add(ScenarioAction.set(name, value, 0)));
        ModelStart start = new ModelStart(from.parameters(), state, from.inputs(), from.mode(), from.quality());
        Course course = question.subject().course(start, actions, stepSeconds, question.seed());
        double[] y = new double[question.subject().description().outputs().size()];
        double[] powers = new double[parts];
        double[] airs = new double[parts];
        for (int i = 0; i < parts; i++) {
            course.step();
            course.outputs(y);
            powers[i] = y[power];
            airs[i] = y[air];
        }
        return new Passage(y[massAfter], powers, airs);
    }

    @Override
    public String toString() {
        return "%d kinds of %s s".formatted(kinds.size(), stageSeconds);
    }
}
