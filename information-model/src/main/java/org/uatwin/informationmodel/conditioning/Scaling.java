package org.uatwin.informationmodel.conditioning;

import java.util.List;

/** From the signal of a device to a quantity and back. */
public sealed interface Scaling {
    /** The quantity of a signal. */
    double apply(double signal);

    /** Whether the signal lies outside what the scaling is declared for, so that its result is a guess. */
    boolean isOutside(double signal);

    /** Whether every quantity has one signal. */
    boolean isInvertible();

    /** The signal of a quantity; NaN if there is none. */
    double invert(double quantity);

    /** One pair of a table. */
    record Pair(double signal, double quantity) {}

    /** Straight line through two pairs; goes on outside them. */
    record Linear(Pair low, Pair high) implements Scaling {
        public Linear {
            if (low.signal() == high.signal()) {
                throw new IllegalArgumentException("two signals must differ: " + low.signal());
            }
        }

        @Override
        public double apply(double signal) {
            return low.quantity()
                    + (signal - low.signal()) * ((high.quantity() - low.quantity()) / (high.signal() - low.signal()));
        }

        @Override
        public boolean isOutside(double signal) {
            return false;
        }

        @Override
        public boolean isInvertible() {
            return low.quantity() != high.quantity();
        }

        @Override
        public double invert(double quantity) {
            return low.signal()
                    + (quantity - low.quantity())
                            * ((high.signal() - low.signal()) / (high.quantity() - low.quantity()));
        }
    }

    /**
     * Flow from differential pressure: the quantity rises with the square root of the signal's share of its span. A
     * signal below the span is zero flow.
     */
    record SquareRoot(Pair low, Pair high) implements Scaling {
        public SquareRoot {
            if (!(low.signal() < high.signal())) {
                throw new IllegalArgumentException("signals must rise: %s, %s".formatted(low.signal(), high.signal()));
            }
        }

        @Override
        public double apply(double signal) {
            double share = Math.max(0, (signal - low.signal()) / (high.signal() - low.signal()));
            return low.quantity() + (high.quantity() - low.quantity()) * Math.sqrt(share);
        }

        @Override
        public boolean isOutside(double signal) {
            return signal < low.signal();
        }

        @Override
        public boolean isInvertible() {
            return low.quantity() != high.quantity();
        }

        @Override
        public double invert(double quantity) {
            double root = (quantity - low.quantity()) / (high.quantity() - low.quantity());
            return root < 0 ? Double.NaN : low.signal() + (high.signal() - low.signal()) * root * root;
        }
    }

    /** Straight lines between pairs with rising signals; outside them the end's quantity. */
    record Table(List<Pair> pairs) implements Scaling {
        public Table {
            pairs = List.copyOf(pairs);
            if (pairs.size() < 2) {
                throw new IllegalArgumentException("a table has two pairs or more, not " + pairs.size());
            }
            for (int i = 1; i < pairs.size(); i++) {
                if (!(pairs.get(i - 1).signal() < pairs.get(i).signal())) {
                    throw new IllegalArgumentException("signals must rise: %s is not above %s"
                            .formatted(pairs.get(i).signal(), pairs.get(i - 1).signal()));
                }
            }
        }

        @Override
        public double apply(double signal) {
            Pair first = pairs.get(0);
            Pair last = pairs.get(pairs.size() - 1);
            if (!(signal > first.signal())) {
                return Double.isNaN(signal) ? signal : first.quantity();
            }
            if (signal >= last.signal()) {
                return last.quantity();
            }
            int low = 0;
            int high = pairs.size() - 1;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (pairs.get(middle).signal() <= signal) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return between(pairs.get(low), pairs.get(high), signal);
        }

        private static double between(Pair a, Pair b, double signal) {
            return a.quantity() + (b.quantity() - a.quantity()) * ((signal - a.signal()) / (b.signal() - a.signal()));
        }

        @Override
        public boolean isOutside(double signal) {
            return signal < pairs.get(0).signal()
                    || signal > pairs.get(pairs.size() - 1).signal();
        }

        @Override
        public boolean isInvertible() {
            double direction =
                    Math.signum(pairs.get(1).quantity() - pairs.get(0).quantity());
            for (int i = 1; i < pairs.size(); i++) {
                if (direction == 0
                        || Math.signum(pairs.get(i).quantity()
                                        - pairs.get(i - 1).quantity())
                                != direction) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public double invert(double quantity) {
            for (int i = 1; i < pairs.size(); i++) {
                Pair a = pairs.get(i - 1);
                Pair b = pairs.get(i);
                double share = (quantity - a.quantity()) / (b.quantity() - a.quantity());
                if (share >= 0 && share <= 1) {
                    return a.signal() + (b.signal() - a.signal()) * share;
                }
            }
            return Double.NaN;
        }
    }
}
