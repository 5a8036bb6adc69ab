package org.uatwin.simulation.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.uatwin.simulation.solver.NoiseStream;

/** Dynamic programming against the enumeration of every way. */
class StageProgrammeTest {
    private static final int STAGES = 5;
    private static final int CHOICES = 4;

    /** A store that is filled by 0..3 a stage at a price and emptied by what is needed; states stay on whole numbers. */
    private static final class Store implements StageProgramme.Model {
        private final double[] price;
        private final int[] need;

        Store(double[] price, int[] need) {
            this.price = price;
            this.need = need;
        }

        @Override
        public int choices(int stage) {
            return CHOICES;
        }

        @Override
        public void step(int stage, double state, int choice, StageProgramme.Step into) {
            double next = state + choice - need[stage];
            into.cost = choice * price[stage];
            into.violation = Math.max(0, -next) + Math.max(0, next - 10);
            into.next = Math.max(0, Math.min(10, next));
        }

        @Override
        public void end(double state, StageProgramme.Step into) {
            into.cost = 0;
            into.violation = Math.max(0, 3 - state);
        }
    }

    /** On a grid that holds every state the answer is exact: cheapest of all ways with the least violation. */
    @Property(tries = 60)
    void findsTheCheapestOfAllWays(@ForAll long seed) {
        NoiseStream random = NoiseStream.ofSeed(seed);
        double[] price = new double[STAGES];
        int[] need = new int[STAGES];
        for (int k = 0; k < STAGES; k++) {
            price[k] = 1 + Math.floor(9 * random.uniform());
            need[k] = (int) (4 * random.uniform());
        }
        Store store = new Store(price, need);
        StageProgramme.Way way = new StageProgramme(STAGES, 0, 10, 11, store).from(4);

        double least = Double.POSITIVE_INFINITY;
        double leastViolation = Double.POSITIVE_INFINITY;
        StageProgramme.Step step = new StageProgramme.Step();
        for (int code = 0; code < 1 << (2 * STAGES); code++) {
            double state = 4;
            double cost = 0;
            double violation = 0;
            for (int k = 0; k < STAGES; k++) {
                store.step(k, state, (code >> (2 * k)) & 3, step);
                state = step.next;
                cost += step.cost;
                violation += step.violation;
            }
            store.end(state, step);
            violation += step.violation;
            if (violation < leastViolation || (violation == leastViolation && cost < least)) {
                leastViolation = violation;
                least = cost;
            }
        }
        assertThat(way.violation()).isCloseTo(leastViolation, within(1e-9));
        assertThat(way.cost()).isCloseTo(least, within(1e-9));
    }
}
