package org.uatwin.informationmodel.expression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.uatwin.informationmodel.value.UaTime;

/** A formula at work for one point: its inputs and what its functions remember. Owned by one thread. */
public final class Evaluation {
    private final Formula formula;
    private final double[] inputs;
    private final Memory[] memories;
    private long ticks = UaTime.NONE;
    private boolean isFilling;

    Evaluation(Formula formula) {
        this.formula = formula;
        inputs = new double[formula.references().size()];
        memories = formula.memories();
    }

    public Formula formula() {
        return formula;
    }

    /** Sets the value of the reference with that index. */
    public void set(int index, double value) {
        inputs[index] = value;
    }

    /**
     * The formula's value with the inputs as set; NaN or infinite if it has none.
     *
     * @param now time in UaTime ticks; an earlier one than the last counts as the last.
     */
    public double evaluate(long now) {
        ticks = Math.max(ticks, now);
        isFilling = false;
        return formula.root().eval(this);
    }

    /** Whether a function has not yet seen enough for the value of the last evaluation. */
    public boolean isFilling() {
        return isFilling;
    }

    /** An input has no usable value; the time until the next evaluation does not count for integrals and means. */
    public void interrupt(long now) {
        ticks = Math.max(ticks, now);
        for (Memory memory : memories) {
            memory.interrupt(ticks);
        }
    }

    /** Whether a function remembers something. */
    public boolean hasMemory() {
        return memories.length > 0;
    }

    /** Writes what the functions remember. */
    public void save(DataOutput out) throws IOException {
        out.writeInt(memories.length);
        for (Memory memory : memories) {
            memory.save(out);
        }
    }

    /** Goes on from what was saved of the same formula; the time since then does not count. Before the first evaluation. */
    public void restore(DataInput in) throws IOException {
        if (in.readInt() != memories.length) {
            throw new IOException("another number of functions");
        }
        for (Memory memory : memories) {
            memory.restore(in);
        }
    }

    double input(int index) {
        return inputs[index];
    }

    double remember(Expr.Remembering function, double value) {
        if (Double.isNaN(value)) {
            return value;
        }
        Memory memory = memories[function.state()];
        double result = memory.take(value, ticks);
        isFilling |= memory.isFilling();
        return result;
    }
}
