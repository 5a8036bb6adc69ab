package org.uatwin.server.run;

import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.uatwin.simulation.scenario.RunState;

/** States of a program that runs come to (OPC UA Part 10, 5.2.3), with their numbers. */
enum ProgramState {
    HALTED("Halted", NodeIds.ProgramStateMachineType_Halted, 11),
    READY("Ready", NodeIds.ProgramStateMachineType_Ready, 12),
    RUNNING("Running", NodeIds.ProgramStateMachineType_Running, 13);

    private final String text;
    private final NodeId id;
    private final int number;

    ProgramState(String text, NodeId id, int number) {
        this.text = text;
        this.id = id;
        this.number = number;
    }

    String text() {
        return text;
    }

    NodeId id() {
        return id;
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
