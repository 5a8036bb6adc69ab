package org.uatwin.plcadapters.probe;

import java.util.List;
import org.uatwin.informationmodel.plant.WordOrder;

/**
 * A series cut into values under one byte order.
 *
 * @param order of numbers of several registers.
 * @param areSinglesSwapped whether the bytes of single registers and texts are swapped.
 * @param bits what it took to describe all of it; less is more plausible.
 * @param pieces by offset; holes lie between them.
 */
public record Explanation(WordOrder order, boolean areSinglesSwapped, double bits, List<Piece> pieces) {
    public Explanation {
        pieces = List.copyOf(pieces);
    }
}
