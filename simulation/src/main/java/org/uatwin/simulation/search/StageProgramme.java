package org.uatwin.simulation.search;

/**
 * The cheapest decisions in stages of a system with one state, by dynamic programming (Bellman 1957) on a grid of states with the cost to
 * go interpolated between them. Exact up to the grid: no local optimum. The decisions are found by following the state itself, not the grid.
 * Owned by one thread.
 */
public final class StageProgramme {
    /** Cost of a violation of 1 when there is no better way: far above every cost, so that the least violation is found first. */
    private static final double VIOLATION = 1e9;

    private final int stages;
    private final double[] grid;
    private final Model model;

    /** What happens in a stage. */
    public interface Model {
        /** Number of choices in a stage. */
        int choices(int stage);

        /** Carries out a choice from a state, into {@code into}. */
        void step(int stage, double state, int choice, Step into);

        /** What ending in a state costs, violation included, into {@code into}; {@code next} is not used. */
        void end(double state, Step into);
    }

    /** What one choice comes to; reused, so that nothing is allocated. */
    public static final class Step {
        /** State afterwards. */
        public double next;

        /** What it costs. */
        public double cost;

        /** How far limits are violated; 0 = all hold. */
        public double violation;
    }

    /** The way found. */
    public static final class Way {
        private final int[] choices;
        private final double[] states;
        private final double cost;
        private final double violation;

        private Way(int[] choices, double[] states, double cost, double violation) {
            this.choices = choices;
            this.states = states;
            this.cost = cost;
            this.violation = violation;
        }

        /** A copy of the choices, one a stage. */
        public int[] choices() {
            return choices.clone();
        }

        /** A copy of the states at the beginning of each stage, and after the last. */
        public double[] states() {
            return states.clone();
        }

        /** Cost of all stages and the end. */
        public double cost() {
            return cost;
        }

        /** Violation of all stages and the end. */
        public double violation() {
            return violation;
        }
    }

    /**
     * @param lower smallest state of the grid.
     * @param upper largest; states beyond cost what those at the edge do.
     * @param points of the grid, at least 2.
     */
    public StageProgramme(int stages, double lower, double upper, int points, Model model) {
        if (stages < 1 || points < 2 || !(upper > lower)) {
            throw new IllegalArgumentException("%d stages, %d points %s..%s".formatted(stages, points, lower, upper));
        }
        this.stages = stages;
        this.grid = new double[points];
        for (int i = 0; i < points; i++) {
            grid[i] = lower + (upper - lower) * i / (points - 1);
        }
        this.model = model;
    }

    /** The best way from a state. */
    public Way from(double state) {
        double[][] toGo = new double[stages + 1][grid.length];
        Step step = new Step();
        for (int i = 0; i < grid.length; i++) {
            model.end(grid[i], step);
            toGo[stages][i] = step.cost + VIOLATION * step.violation;
        }
        for (int k = stages - 1; k >= 0; k--) {
            for (int i = 0; i < grid.length; i++) {
                toGo[k][i] = best(k, grid[i], toGo[k + 1], step).total();
            }
        }
        int[] choices = new int[stages];
        double[] states = new double[stages + 1];
        states[0] = state;
        double cost = 0;
        double violation = 0;
        for (int k = 0; k < stages; k++) {
            Best best = best(k, states[k], toGo[k + 1], step);
            model.step(k, states[k], best.choice(), step);
            choices[k] = best.choice();
            states[k + 1] = step.next;
            cost += step.cost;
            violation += step.violation;
        }
        model.end(states[stages], step);
        return new Way(choices, states, cost + step.cost, violation + step.violation);
    }

    private record Best(int choice, double total) {}

    private Best best(int stage, double state, double[] after, Step step) {
        int choice = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < model.choices(stage); c++) {
            model.step(stage, state, c, step);
            double total = step.cost + VIOLATION * step.violation + at(after, step.next);
            if (total < least) {
                least = total;
                choice = c;
            }
        }
        return new Best(choice, least);
    }

    private double at(double[] values, double state) {
        double position = (state - grid[0]) / (grid[grid.length - 1] - grid[0]) * (grid.length - 1);
        double held = Math.max(0, Math.min(grid.length - 1, position));
        int below = Math.min(grid.length - 2, (int) held);
        return values[below] + (held - below) * (values[below + 1] - values[below]);
    }
}
