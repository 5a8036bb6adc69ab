package org.uatwin.server.demo;

/** Registers of the demo's fault panel: each holds the number of the fault of one machine, 0 for none. */
final class FaultPanel {
    static final int UNIT = 1;
    static final int PUMP_REGISTER = 0;
    static final int CONVEYOR_REGISTER = 1;
    /** Severities are written in thousandths; it is also what a panel shows before anyone wrote one. */
    static final int FULL_SEVERITY = 1000;

    private static final int SEVERITY_OFFSET = 10;

    private FaultPanel() {}

    /** Zero-based offset of the holding register for a machine of that twin type. */
    static int register(String typeName) {
        return switch (typeName) {
            case "CentrifugalPump" -> PUMP_REGISTER;
            case "Conveyor" -> CONVEYOR_REGISTER;
            default -> throw new IllegalArgumentException("no fault panel for " + typeName);
        };
    }

    /** Holding register with the severity of the fault in {@code register}. */
    static int severityRegister(int register) {
        return register + SEVERITY_OFFSET;
    }
}
