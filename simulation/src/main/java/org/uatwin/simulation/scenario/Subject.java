package org.uatwin.simulation.scenario;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;

/**
 * What questions are put to: the model of one twin with the values of its asset, whatever kind of model it is. Differential equations
 * take part through {@link #of}, tables, networks and events through {@code simulation.twin}. Immutable, any thread.
 */
public interface Subject {
    /** Id of the twin. */
    String twinId();

    /** Names, units and ranges, those of members included. */
    ModelDescription description();

    /** A copy of the configured parameter values. */
    double[] parameters();

    /** Largest value a caller may set this input to. */
    double largestInput(int input);

    /** Starts the model from what is measured now. */
    ModelStart start(LiveState live);

    /** Another start that is compatible with what is known: parameters by their priors, readings by their sensors. */
    ModelStart draw(LiveState live, NoiseStream noise);

    /** A start that goes on from an estimate; readings tell what an estimator does not know, such as the time of day. */
    default ModelStart resumed(ModelStart readings, ModelStart estimate) {
        return estimate;
    }

    /**
     * One run from a start. Runs of the same seed see the same random events.
     *
     * @param stepSeconds time of one {@link Course#step}.
     */
    Course course(ModelStart start, List<ScenarioAction> actions, double stepSeconds, long seed);

    /** Every point it reads, with the unit in which it reads it. */
    default Map<String, String> points() {
        Map<String, String> points = new HashMap<>();
        for (InputSpec input : description().inputs()) {
            if (input.linkedPoint() != null) {
                points.put(input.linkedPoint(), input.unit());
            }
        }
        for (OutputSpec output : description().outputs()) {
            if (output.linkedPoint() != null) {
                points.put(output.linkedPoint(), output.unit());
            }
        }
        return points;
    }

    /** The twin's own model without the members it drives or is driven by; itself for a twin that is no system. */
    default Subject own() {
        return this;
    }

    /** Tables of the twin's own model by name: lines of a feeder, stations of a line; empty for models without. */
    default Map<String, DataTable> tables() {
        return Map.of();
    }

    /** Whether two runs from the same start differ: then answers are means over replicates. */
    default boolean isRandom() {
        return false;
    }

    /** Work of one step of the largest length, in steps of an ordinary machine's model. */
    default double stepCost() {
        return 1;
    }

    /** Steps a what-if takes at least, however short its horizon. */
    default int fewestSteps() {
        return 40;
    }

    /** Why a parameter keeps its value during a run; empty when it may change at any time, as inputs may. */
    default Optional<String> whyFixed(String parameter) {
        return Optional.empty();
    }

    /** What may be replaced: states of wear by name, with the value of a new part; NaN where there is none of itself. */
    default Map<String, Double> replaceable() {
        Map<String, Double> parts = new LinkedHashMap<>();
        description().states().stream()
                .filter(state -> state.kind() == StateSpec.Kind.DAMAGE)
                .forEach(state -> parts.put(state.name(), Double.NaN));
        return parts;
    }

    /** Why a part cannot be replaced in the middle of a run; empty when its state may be set at any time. */
    default Optional<String> whyKept(String state) {
        return Optional.empty();
    }

    /** Whether a value of an input is among those the model was calibrated with; where nothing is calibrated, every value is. */
    default boolean isCalibratedFor(String inputName, double value) {
        return true;
    }

    /**
     * The same, starting from what is known beyond readings.
     *
     * @param estimates by id of the twins it is made of, and by the empty name for itself; empty for what is not followed.
     */
    default Subject knowing(Function<String, Optional<Estimate>> estimates) {
        return estimates.apply("").map(estimate -> followed(this, estimate)).orElse(this);
    }

    /** A twin that is followed: it starts from what is known of it beyond its readings. */
    static Subject followed(Subject subject, Estimate estimate) {
        return new FollowedSubject(subject, estimate);
    }

    /** A twin whose model is a system of differential equations. */
    static Subject of(ModelBinding binding) {
        return new BoundModel(binding);
    }
}
