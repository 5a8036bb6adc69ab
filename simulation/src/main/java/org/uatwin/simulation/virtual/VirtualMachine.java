package org.uatwin.simulation.virtual;

import java.util.Set;
import org.uatwin.simulation.contract.OperatingMode;

/**
 * A machine of the virtual plant behind a field device. Owned by one thread. Points are addressed by the names of the twin type;
 * two-state points read and write as 0 and 1.
 */
public abstract class VirtualMachine {
    /** Largest step of the physics; {@link #step} divides longer ones. */
    private static final double LARGEST_STEP_S = 0.02;

    private static final double LONGEST_CALL_S = 60;

    private final double[] severities = new double[VirtualFault.values().length + 1];

    /** Advances the machine by this much time, at most 60 s per call; sensors are sampled once at the end. */
    public final void step(double dtSeconds) {
        if (!(dtSeconds > 0 && dtSeconds <= LONGEST_CALL_S)) {
            throw new IllegalArgumentException("step must be 0..60 s: " + dtSeconds);
        }
        int parts = (int) Math.ceil(dtSeconds / LARGEST_STEP_S - 1e-9);
        for (int i = 0; i < parts; i++) {
            advance(dtSeconds / parts);
        }
        sense(dtSeconds);
    }

    /** Physics over a short step. */
    protected abstract void advance(double dt);

    /** Sensors sample the truth. */
    protected abstract void sense(double dt);

    /** Faults it can have; others do nothing to it. */
    public abstract Set<VirtualFault> faults();

    /** Names of the points that can be read with {@link #value}. */
    public abstract Set<String> points();

    /**
     * What the sensor of a point shows now.
     *
     * @throws IllegalArgumentException for a name that is not among {@link #points}.
     */
    public abstract double value(String point);

    /** Values of an array point. */
    public abstract double[] values(String point);

    /** Text of a text point: {@code State} or {@code ProductName}. */
    public abstract String text(String point);

    /** Writes a setpoint; values outside what the machine accepts are limited as its controller would, what is no number is ignored. */
    public abstract void write(String point, double value);

    /** Writes an array setpoint. */
    public abstract void write(String point, double[] values);

    /** Present mode. */
    public abstract OperatingMode mode();

    /**
     * Sets or changes a fault.
     *
     * @param severity 0..1; 0 clears it.
     */
    public final void setFault(VirtualFault fault, double severity) {
        if (!(severity >= 0 && severity <= 1)) {
            throw new IllegalArgumentException("severity must be 0..1: " + severity);
        }
        double before = severities[fault.number()];
        severities[fault.number()] = severity;
        faultChanged(fault, before, severity);
    }

    /** Clears every fault; what has worn stays worn until {@link #repair}. */
    public final void clearFaults() {
        for (VirtualFault fault : VirtualFault.values()) {
            setFault(fault, 0);
        }
    }

    /** Maintenance: worn parts are as at the start, a trip is reset. */
    public abstract void repair();

    /** Called when a fault has changed. */
    protected void faultChanged(VirtualFault fault, double before, double severity) {}

    /** Severity of a fault, 0 when it is not set. */
    public final double severity(VirtualFault fault) {
        return severities[fault.number()];
    }

    /** Whether the device answers on its link; the socket layer obeys it. */
    public final boolean isAnswering() {
        return severity(VirtualFault.CABLE) <= 0;
    }

    static IllegalArgumentException unknown(String point) {
        return new IllegalArgumentException("no such point here: " + point);
    }
}
