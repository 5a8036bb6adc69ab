package org.uatwin.simulation.contract;

import java.util.List;

/**
 * A model started from live readings: vectors to integrate from, and how far they can be trusted. Arrays are copied in and out,
 * so a start can be shared between threads and runs. A system of several models extends it by the starts of its members.
 */
public class ModelStart {
    private final double[] parameters;
    private final double[] state;
    private final double[] inputs;
    private final OperatingMode mode;
    private final Quality quality;

    /**
     * How far a start can be trusted.
     *
     * @param missing what is needed and not there, in words; empty when the start is usable.
     * @param issues readings that were not taken at face value.
     * @param assumptions what was assumed where nothing is measured, in words.
     * @param dataAgeSeconds age of the oldest reading used.
     * @param fitScore 0..1, or -1 when nothing could be compared.
     * @param extrapolated whether inputs or inferred parameters are outside the validated range.
     */
    public record Quality(
            String missing,
            List<PointIssue> issues,
            List<String> assumptions,
            double dataAgeSeconds,
            double fitScore,
            boolean extrapolated) {
        public Quality {
            issues = List.copyOf(issues);
            assumptions = List.copyOf(assumptions);
        }
    }

    /** Copies the vectors. */
    public ModelStart(double[] parameters, double[] state, double[] inputs, OperatingMode mode, Quality quality) {
        this.parameters = parameters.clone();
        this.state = state.clone();
        this.inputs = inputs.clone();
        this.mode = mode;
        this.quality = quality;
    }

    /** A copy of the parameters after inference. */
    public final double[] parameters() {
        return parameters.clone();
    }

    /** A copy of the state. */
    public final double[] state() {
        return state.clone();
    }

    /** A copy of the inputs. */
    public final double[] inputs() {
        return inputs.clone();
    }

    /** The discrete mode. */
    public final OperatingMode mode() {
        return mode;
    }

    /** How far it can be trusted. */
    public final Quality quality() {
        return quality;
    }

    /** Whether there was enough data to stand an answer on. */
    public final boolean isUsable() {
        return quality.missing().isEmpty();
    }
}
