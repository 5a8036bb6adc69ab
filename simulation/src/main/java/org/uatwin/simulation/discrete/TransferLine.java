package org.uatwin.simulation.discrete;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * A synchronous transfer line (J. A. Buzacott 1967; S. B. Gershwin, Manufacturing Systems Engineering, 1994): all machines take one
 * cycle, fail with a probability in a cycle in which they can work, and are repaired with a probability in a cycle. In each
 * cycle first machines fail or are repaired, then storages change. The storage counts the part in the machine after it.
 */
public final class TransferLine implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "TransferLine",
                    ModelCard.Kind.STEPPED,
                    "A synchronous line of equal cycles with failures and storages (Buzacott, Gershwin).")
            .valid(
                    "one cycle time; geometric failures, operation-dependent, and repairs; first never starved, last never blocked")
            .parameter("CycleTime", "s", 1, 1e-3, 1e6, "of all machines", "design")
            .parameter(
                    "WarmUpCycles", "", 1000, 0, 1e9, "cycles that do not count in the figures", "of the order of 10/r")
            .table(
                    "machines",
                    true,
                    "in the order of the flow",
                    Column.text("machine", "name"),
                    Column.number("p", "", 0, 1, "probability to fail in a cycle at work"),
                    Column.number("r", "", 0, 1, "probability to be repaired in a cycle"),
                    Column.optional(
                            "storage", "", 10, 1, 1e6, "N: places between it and the next; not used for the last"))
            .output("Produced", "", 0, ANY, "parts so far")
            .output("Efficiency", "", 0, 1, "parts per cycle since the warm-up")
            .output("Stock.<machine>", "", 0, ANY, "in the storage after it")
            .time(100_000, 1000)
            .fixed("cycles are counted from the start", "CycleTime", "WarmUpCycles")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable machines = setup.table("machines");
        if (machines.rows() < 2) {
            throw machines.problem(0, "machine", "a line needs two machines", "add one.");
        }
        List<Port> out = new ArrayList<>(
                CARD.outputs().stream().filter(p -> !p.isPerMember()).toList());
        for (int i = 0; i + 1 < machines.rows(); i++) {
            out.add(CARD.output("Stock").of(machines.text(i, "machine")));
        }
        return new Run(setup, machines, out);
    }

    private static final class Run implements Simulation {
        private final List<Port> outputs;
        private final List<String> names = new ArrayList<>();
        private final int n;
        private final double[] p;
        private final double[] r;
        private final int[] size;
        private final int[] stock;
        private final boolean[] isUp;
        private final boolean[] isWorking;
        private final double cycle;
        private final long warmUp;
        private NoiseStream stream;
        private final double[] stockSum;
        private long cycles;
        private long produced;
        private long producedWarm;

        Run(Setup setup, DataTable machines, List<Port> outputs) {
            this.outputs = List.copyOf(outputs);
            n = machines.rows();
            p = machines.column("p");
            r = machines.column("r");
            size = new int[n - 1];
            for (int i = 0; i < n; i++) {
                names.add(machines.text(i, "machine"));
                if (i < n - 1) {
                    size[i] = (int) machines.number(i, "storage");
                }
            }
            stock = new int[n - 1];
            isUp = new boolean[n];
            isWorking = new boolean[n];
            stockSum = new double[n - 1];
            cycle = setup.parameter("CycleTime");
            warmUp = (long) setup.parameter("WarmUpCycles");
            stream = setup.stream();
        }

        @Override
        public List<Port> inputs() {
            return List.of();
        }

        @Override
        public List<Port> outputs() {
            return outputs;
        }

        @Override
        public void begin(double[] inputs) {
            for (int i = 0; i < n; i++) {
                isUp[i] = true;
                if (i < n - 1) {
                    stock[i] = size[i] / 2;
                }
            }
        }

        @Override
        public void advance(double[] inputs, double fromSeconds, double toSeconds) {
            while ((cycles + 1) * cycle <= toSeconds * (1 + 1e-12)) {
                step();
            }
        }

        @Override
        public void continueFrom(Simulation before) {
            Run other = (Run) before;
            stream = other.stream;
            System.arraycopy(other.stock, 0, stock, 0, stock.length);
            System.arraycopy(other.isUp, 0, isUp, 0, n);
            System.arraycopy(other.isWorking, 0, isWorking, 0, n);
            System.arraycopy(other.stockSum, 0, stockSum, 0, stockSum.length);
            cycles = other.cycles;
            produced = other.produced;
            producedWarm = other.producedWarm;
        }

        private void step() {
            for (int i = 0; i < n; i++) {
                boolean isStarved = i > 0 && stock[i - 1] == 0;
                boolean isBlocked = i < n - 1 && stock[i] == size[i];
                if (!isUp[i]) {
                    isUp[i] = stream.uniform() < r[i];
                } else if (!isStarved && !isBlocked) {
                    isUp[i] = !(stream.uniform() < p[i]);
                }
                isWorking[i] = isUp[i] && !isStarved && !isBlocked;
            }
            for (int i = 0; i < n; i++) {
                if (isWorking[i]) {
                    if (i > 0) {
                        stock[i - 1]--;
                    }
                    if (i < n - 1) {
                        stock[i]++;
                    } else {
                        produced++;
                        producedWarm += cycles >= warmUp ? 1 : 0;
                    }
                }
            }
            cycles++;
            if (cycles > warmUp) {
                for (int i = 0; i < n - 1; i++) {
                    stockSum[i] += stock[i];
                }
            }
        }

        private double efficiency() {
            return cycles > warmUp ? (double) producedWarm / (cycles - warmUp) : 0;
        }

        @Override
        public void read(double[] y) {
            y[0] = produced;
            y[1] = efficiency();
            for (int i = 0; i < n - 1; i++) {
                y[2 + i] = stock[i];
            }
        }

        @Override
        public List<Figure> figures() {
            List<Figure> figures = new ArrayList<>();
            figures.add(new Figure("Efficiency", "", efficiency()));
            for (int i = 0; i < n - 1; i++) {
                figures.add(new Figure(
                        "MeanStock " + names.get(i), "", cycles > warmUp ? stockSum[i] / (cycles - warmUp) : 0));
            }
            return figures;
        }
    }
}
