package org.uatwin.server.derived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the graph, after a step every point is what its inputs say, computed once. */
class DerivedGraphPropertyTest {
    private static final int POINTS = 8;

    @Property(tries = 100)
    void stepLeavesNoPointBehindAndComputesNoneTwice(@ForAll long seed) {
        Random random = new Random(seed);
        List<List<String>> inputs = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            List<String> of = new ArrayList<>(List.of("Flow"));
            for (int j = 0; j < i; j++) {
                if (random.nextBoolean()) {
                    of.add("P" + j);
                }
            }
            inputs.add(of);
            lines.add("P%d: {kind: plain, type: Double, expression: \"%s\"}"
                    .formatted(i, String.join(" + ", of) + " + 0"));
        }
        Collections.shuffle(lines, random); // the order of the file must not matter
        Skids skids = new Skids(String.join("\n", lines), "");
        for (int step = 1; step <= 5; step++) {
            double flow = random.nextInt(100);
            skids.out.clear();
            skids.set("skid-1/Flow", step, flow).evaluate();
            double[] expected = new double[POINTS];
            for (int i = 0; i < POINTS; i++) {
                expected[i] = flow;
                for (String input : inputs.get(i).subList(1, inputs.get(i).size())) {
                    expected[i] += expected[Integer.parseInt(input.substring(1))];
                }
                assertThat(skids.value("skid-1/P" + i)).isEqualTo(expected[i]);
                assertThat(skids.evaluations("skid-1/P" + i)).isEqualTo(1);
            }
        }
    }
}
