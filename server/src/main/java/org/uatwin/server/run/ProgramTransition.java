package org.uatwin.server.run;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.uatwin.simulation.scenario.RunState;
import org.uatwin.simulation.scenario.RunStatus;

/** Transitions of a program that runs take (OPC UA Part 10, 5.2.3), with their numbers. */
enum ProgramTransition {
    /** A run is set up: it waits for a thread. */
    HALTED_TO_READY("HaltedToReady", 2408, 1, ProgramState.HALTED),
    READY_TO_RUNNING("ReadyToRunning", 2410, 2, ProgramState.READY),
    RUNNING_TO_HALTED("RunningToHalted", 2412, 3, ProgramState.RUNNING),
    /** It has done its work. */
    RUNNING_TO_READY("RunningToReady", 2414, 4, ProgramState.RUNNING),
    READY_TO_HALTED("ReadyToHalted", 2424, 9, ProgramState.READY);

    private final String text;
    private final int id; // of the transition in ProgramStateMachineType, namespace 0
    private final int number;
    private final ProgramState from;

    ProgramTransition(String text, int id, int number, ProgramState from) {
        this.text = text;
        this.id = id;
        this.number = number;
        this.from = from;
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

    ProgramState from() {
        return from;
    }

    /** The transition that led to this state. */
    static ProgramTransition before(RunStatus status) {
        if (status.state() == RunState.READY) {
            return HALTED_TO_READY;
        }
        if (status.state() == RunState.RUNNING) {
            return READY_TO_RUNNING;
        }
        if (status.startedAt().isEmpty()) {
            return READY_TO_HALTED;
        }
        return status.state() == RunState.COMPLETED ? RUNNING_TO_READY : RUNNING_TO_HALTED;
    }
}
