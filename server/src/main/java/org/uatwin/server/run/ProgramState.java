package org.uatwin.server.run;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.uatwin.simulation.scenario.RunState;

/** States of a program that runs come to (OPC UA Part 10, 5.2.3), with their numbers. */
enum ProgramState {
    HALTED("Halted", 2406, 11),
    READY("Ready", 2400, 12),
    RUNNING("Running", 2402, 13);

    private final String text;
    private final int id; // of the state in ProgramStateMachineType, namespace 0
    private final int number;

    ProgramState(String text, int id, int number) {
        this.text = text;
        this.id = id;
        this.number = number;
    }

    String text() {
        return text;
    }

    NodeId id() {
        return new NodeId(0, id);
    }

    int number() {
        return number;
    }

    /** A run that waits is ready, and so is one that has done its work; one cut short is halted. */
    static ProgramState of(RunState state) {
        return switch (state) {
            case READY, COMPLETED -> READY;
            case RUNNING -> RUNNING;
            case CANCELLED, FAILED -> HALTED;
        };
    }
}
