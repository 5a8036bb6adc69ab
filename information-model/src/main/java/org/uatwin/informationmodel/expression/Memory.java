package org.uatwin.informationmodel.expression;

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
    }
}
