package org.uatwin.plcadapters.probe;

import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;

/**
 * One value among the registers, as an explanation has it.
 *
 * @param at index of its first register in the series.
 * @param registers how many it takes.
 * @param bits what it took to describe it, its type included.
 */
public record Piece(RegisterType type, WordOrder order, int at, int registers, double bits) {
    public Piece {
        if (at < 0 || registers < 1) {
            throw new IllegalArgumentException("at %d, registers %d".formatted(at, registers));
        }
    }

    /** As a binding of the plant file would have it. */
    public RegisterFormat format() {
        return new RegisterFormat(type, order, 1, type == RegisterType.STRING ? 2 * registers : 0, -1, 0, 1, 0);
    }
}
