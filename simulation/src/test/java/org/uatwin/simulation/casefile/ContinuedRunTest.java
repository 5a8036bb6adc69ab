package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Simulation;

/**
 * A change of parameters in the middle of a run hands everything on to another simulation: levels, counters, parts on their way,
 * chance. What one forgets would be a leap in somebody's answer.
 */
class ContinuedRunTest {
    private static final int MOST_STEPS = 300;

    static List<Path> cases() throws IOException {
        try (Stream<Path> all = Files.list(Cases.EXAMPLES)) {
            return all.filter(f -> f.toString().endsWith(".yaml"))
                    .filter(f -> {
                        Case c = read(f);
                        return c.model().card().kind() != ModelCard.Kind.PLANNING
                                && c.times().steps() > 1;
                    })
                    .sorted()
                    .toList();
        }
    }

    private static Case read(Path file) {
        return CaseReader.read(file, SystemModels.builtIn()).found().orElseThrow();
    }

    /** Handed on with the parameters it had, a run goes on as if nothing had happened, to the last bit. */
    @ParameterizedTest
    @MethodSource("cases")
    void goesOnWithTheSameBits(Path file) {
        Trace whole = run(read(file), false);
        Trace handedOn = run(read(file), true);
        assertThat(handedOn.figures).isEqualTo(whole.figures);
        assertThat(handedOn.happenings).isEqualTo(whole.happenings);
        assertThat(handedOn.rows).hasSameSizeAs(whole.rows);
        for (int i = 0; i < whole.rows.size(); i++) {
            assertThat(handedOn.rows.get(i)).as("step " + i).containsExactly(whole.rows.get(i));
        }
    }

    private record Trace(List<double[]> rows, List<Simulation.Figure> figures, List<Simulation.Happening> happenings) {}

    private static Trace run(Case c, boolean isHandedOn) {
        Simulation simulation = c.model().prepare(c.setup());
        double[] u = new double[c.inputs().size()];
        List<double[]> rows = new ArrayList<>();
        inputs(c, 0, u);
        simulation.begin(u);
        long steps = Math.min(MOST_STEPS, c.times().steps());
        for (long k = 0; k < steps; k++) {
            inputs(c, c.times().at(k), u);
            simulation.advance(u, c.times().at(k), c.times().at(k + 1));
            if (isHandedOn && (k == steps / 3 || k == steps / 2)) {
                Simulation next = c.model().prepare(c.setup());
                next.continueFrom(simulation);
                simulation = next;
            }
            inputs(c, c.times().at(k + 1), u);
            simulation.observe(u);
            double[] y = new double[simulation.outputs().size()];
            simulation.read(y);
            rows.add(y);
        }
        return new Trace(rows, simulation.figures(), simulation.happenings());
    }

    private static void inputs(Case c, double t, double[] u) {
        for (int i = 0; i < u.length; i++) {
            u[i] = c.inputs().get(i).at(t);
        }
    }
}
