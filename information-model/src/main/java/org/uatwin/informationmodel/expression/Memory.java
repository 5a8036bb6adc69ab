package org.uatwin.informationmodel.expression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.uatwin.informationmodel.value.UaTime;

/** What one function with a memory remembers. Bounded; owned by the thread that evaluates. */
interface Memory {
    /**
     * Takes the operand's value now and answers the function's.
     *
     * @param ticks time, never earlier than the last.
     */
    double take(double value, long ticks);

    /** Whether too little has been seen for an answer. */
    default boolean isFilling() {
        return false;
    }

    /** The operand has no value from now on; the time until the next one does not count. */
    void interrupt(long ticks);

    /** Writes what {@link #restore} needs; as after an {@link #interrupt}. */
    void save(DataOutput out) throws IOException;

    /** Goes on from what another process saved; time since then does not count. A fresh memory only. */
    void restore(DataInput in) throws IOException;

    /** {@link TimeFunction#PREV}. */
    final class Previous implements Memory {
        private double current = Double.NaN;
        private double before = Double.NaN;

        @Override
        public double take(double value, long ticks) {
            if (value != current) {
                before = current;
                current = value;
            }
            return before;
        }

        @Override
        public boolean isFilling() {
            return Double.isNaN(before);
        }

        @Override
        public void interrupt(long ticks) {
            // the value before stays the value before
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeDouble(current);
            out.writeDouble(before);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            current = in.readDouble();
            before = in.readDouble();
        }
    }

    /** {@link TimeFunction#INTEGRAL} and {@link TimeFunction#HOURS}. */
    final class Sum implements Memory {
        private final double factor;
        private double sum;
        private double last;
        private long lastTicks = UaTime.NONE;

        Sum(double factor) {
            this.factor = factor;
        }

        @Override
        public double take(double value, long ticks) {
            add(ticks);
            last = value;
            lastTicks = ticks;
            return sum;
        }

        private void add(long ticks) {
            if (lastTicks != UaTime.NONE) {
                sum += last * UaTime.secondsBetween(lastTicks, ticks) * factor;
            }
        }

        @Override
        public void interrupt(long ticks) {
            add(ticks);
            lastTicks = UaTime.NONE;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeDouble(sum);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            sum = in.readDouble();
        }
    }

    /** {@link TimeFunction#COUNT}. */
    final class Edges implements Memory {
        private long count;
        private boolean isHigh;
        private boolean hasValue;

        @Override
        public double take(double value, long ticks) {
            boolean isNow = value != 0;
            if (hasValue && isNow && !isHigh) {
                count++;
            }
            isHigh = isNow;
            hasValue = true;
            return count;
        }

        @Override
        public void interrupt(long ticks) {
            hasValue = false;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeLong(count);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            count = in.readLong();
        }
    }
}
