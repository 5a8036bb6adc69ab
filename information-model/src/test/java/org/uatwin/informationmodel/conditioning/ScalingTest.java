package org.uatwin.informationmodel.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScalingTest {
    private static Scaling.Pair pair(double signal, double quantity) {
        return new Scaling.Pair(signal, quantity);
    }

    /** A setpoint goes out through the inverse of what its value comes in by. */
    @Property
    void invertOfApplyIsTheSignal(@ForAll @DoubleRange(min = 4, max = 20) double signal) {
        for (Scaling scaling : List.of(
                new Scaling.Linear(pair(4, -50), pair(20, 250)),
                new Scaling.Linear(pair(4, 100), pair(20, 0)),
                new Scaling.SquareRoot(pair(4, 0), pair(20, 500)),
                new Scaling.Table(List.of(pair(4, 0), pair(7, 10), pair(12, 11), pair(20, 90))),
                new Scaling.Table(List.of(pair(4, 9), pair(7, 3), pair(20, -90))))) {
            assertThat(scaling.isInvertible()).isTrue();
            assertThat(scaling.invert(scaling.apply(signal))).isCloseTo(signal, within(1e-6));
            assertThat(scaling.isOutside(signal)).isFalse();
        }
    }

    /** Differential pressure 25 % of its span is 50 % of the flow's. */
    @Test
    void squareRootIsFlowFromDifferentialPressure() {
        Scaling root = new Scaling.SquareRoot(pair(4, 0), pair(20, 200));
        assertThat(root.apply(8)).isCloseTo(100, within(1e-9));
        assertThat(root.apply(3.9)).isZero();
        assertThat(root.isOutside(3.9)).isTrue();
        assertThat(root.invert(-1)).isNaN();
    }

    @Test
    void tableKeepsItsEndsAndKnowsWhenItGuesses() {
        Scaling table = new Scaling.Table(List.of(pair(0, 0), pair(10, 5), pair(20, 5), pair(30, 50)));
        assertThat(table.apply(-3)).isZero();
        assertThat(table.apply(99)).isEqualTo(50);
        assertThat(table.apply(25)).isEqualTo(27.5);
        assertThat(table.isOutside(-3)).isTrue();
        assertThat(table.isOutside(30)).isFalse();
        assertThat(table.isInvertible()).isFalse();
    }
}
