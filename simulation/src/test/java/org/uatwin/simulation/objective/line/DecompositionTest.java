package org.uatwin.simulation.objective.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.simulation.discrete.TransferLine;
import org.uatwin.simulation.objective.line.TwoMachines.Machine;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.twin.Tables;

class DecompositionTest {
    /** Exact chains of the deterministic line of two machines, p = 0.01 and r = 0.1 of both (Buzacott; Gershwin 1994, chapter 3). */
    @ParameterizedTest
    @CsvSource({"4, 0.840936", "8, 0.851913", "10, 0.856175", "16, 0.865845", "100, 0.896937"})
    void twoMachinesHaveTheirExactThroughput(int places, double throughput) {
        Machine m = new Machine(0.01, 0.1);
        assertThat(new TwoMachines(m, m, places).throughput).isCloseTo(throughput, within(1e-6));
        assertThat(Decomposition.throughput(List.of(m, m), new int[] {places})).isCloseTo(throughput, within(1e-6));
    }

    /** The second fails twice as often: the storage fills. */
    @Test
    void aWorseSecondMachineFillsTheStorage() {
        TwoMachines line = new TwoMachines(new Machine(0.01, 0.1), new Machine(0.02, 0.1), 10);
        assertThat(line.throughput).isCloseTo(0.796129, within(1e-6));
        assertThat(line.stock).isCloseTo(6.5239, within(1e-4));
    }

    /** Turned round, a line yields the same and its holes move as its parts did (reversibility: Muth 1979). */
    @Property(tries = 40)
    void aLineTurnedRoundYieldsTheSame(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Machine a = new Machine(random.nextDouble(0.001, 0.5), random.nextDouble(0.05, 1));
        Machine b = new Machine(random.nextDouble(0.001, 0.5), random.nextDouble(0.05, 1));
        int places = random.nextInt(2, 30);
        TwoMachines line = new TwoMachines(a, b, places);
        TwoMachines turned = new TwoMachines(b, a, places);
        assertThat(line.throughput).isCloseTo(turned.throughput, within(1e-10));
        assertThat(line.starved).isCloseTo(turned.blocked, within(1e-10));
        assertThat(line.throughput)
                .isLessThanOrEqualTo(Math.min(a.efficiency(), b.efficiency()) + 1e-12)
                .isLessThanOrEqualTo(new TwoMachines(a, b, places + 1).throughput + 1e-12);
    }

    /** Longer lines against the simulation of the same rules; 3 % is what the decomposition is known for. */
    @Property(tries = 8)
    void longerLinesAgreeWithTheirSimulation(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = random.nextInt(3, 7);
        List<Machine> machines = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        int[] places = new int[n - 1];
        for (int i = 0; i < n; i++) {
            double r = random.nextDouble(0.08, 0.3);
            double p = r * random.nextDouble(0.05, 0.2);
            int storage = random.nextInt(3, 25);
            machines.add(new Machine(p, r));
            rows.add(Map.of("machine", "m" + i, "p", p, "r", r, "storage", (double) storage));
            if (i < n - 1) {
                places[i] = storage;
            }
        }
        TransferLine model = new TransferLine();
        Simulation line = model.prepare(new Setup(
                model.card(),
                Map.of(),
                Map.of("machines", Tables.of(model.card().table("machines").orElseThrow(), rows)),
                Map.of(),
                SolverSettings.DEFAULT,
                seed));
        line.begin(new double[0]);
        line.advance(new double[0], 0, 200_000);
        double simulated = line.figures().get(0).value();
        assertThat(Decomposition.throughput(machines, places)).isCloseTo(simulated, within(0.03 * simulated));
    }
}
