package org.uatwin.simulation.asset.generic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/** x' = A x + B u, y = C x + D u, of any size; with no C and D the outputs are the states. */
public final class LinearStateSpace implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final int LARGEST = 500;
    private static final ModelCard CARD = ModelCard.named(
                    "LinearStateSpace", ModelCard.Kind.CONTINUOUS, "x' = A x + B u, y = C x + D u, of any size.")
            .valid("around the operating point it was identified at")
            .table(
                    "matrices",
                    true,
                    "elements of the matrices that are not zero; rows and columns count from 1",
                    Column.text("matrix", "A, B, C or D"),
                    Column.number("row", "", 1, LARGEST, "row"),
                    Column.number("column", "", 1, LARGEST, "column"),
                    Column.number("value", "", -ANY, ANY, "element"))
            .input("u.<column>", "", 0, -ANY, ANY, "input of that column of B or D")
            .output("y.<row>", "", "output of that row of C and D")
            .start("x.<n>", "state n at time 0, else 0")
            .time(100, 1)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable table = setup.table("matrices");
        int states = 0;
        int inputs = 0;
        int rows = 0;
        for (int i = 0; i < table.rows(); i++) {
            int row = whole(table, i, "row");
            int column = whole(table, i, "column");
            switch (table.text(i, "matrix").toUpperCase(Locale.ROOT)) {
                case "A" -> states = Math.max(states, Math.max(row, column));
                case "B" -> {
                    states = Math.max(states, row);
                    inputs = Math.max(inputs, column);
                }
                case "C" -> {
                    rows = Math.max(rows, row);
                    states = Math.max(states, column);
                }
                case "D" -> {
                    rows = Math.max(rows, row);
                    inputs = Math.max(inputs, column);
                }
                default ->
                    throw table.problem(
                            i,
                            "matrix",
                            "there is no matrix \"%s\"".formatted(table.text(i, "matrix")),
                            "write A, B, C or D.");
            }
        }
        boolean isDirect = rows == 0;
        int outputs = isDirect ? states : rows;
        Matrices m = new Matrices(
                new double[states][states],
                new double[states][inputs],
                new double[outputs][states],
                new double[outputs][inputs]);
        for (int i = 0; i < table.rows(); i++) {
            m.of(table.text(i, "matrix").toUpperCase(Locale.ROOT))[whole(table, i, "row") - 1][
                            whole(table, i, "column") - 1] =
                    table.number(i, "value");
        }
        for (int i = 0; isDirect && i < states; i++) {
            m.c()[i][i] = 1;
        }
        double[] start = new double[states];
        for (int i = 0; i < states; i++) {
            start[i] = setup.start("x." + (i + 1), 0);
        }
        return new Run(setup, ports("u", inputs), ports("y", outputs), start, m);
    }

    private static int whole(DataTable table, int row, String column) {
        double value = table.number(row, column);
        if (value != Math.rint(value)) {
            throw table.problem(row, column, column + " must be a whole number", "count from 1.");
        }
        return (int) value;
    }

    private static List<Port> ports(String name, int n) {
        List<Port> ports = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            ports.add(new Port(name + "." + i, "", 0, -ANY, ANY, ""));
        }
        return ports;
    }

    @SuppressWarnings("ArrayRecordComponent") // a holder inside this class
    private record Matrices(double[][] a, double[][] b, double[][] c, double[][] d) {
        double[][] of(String name) {
            return switch (name) {
                case "A" -> a;
                case "B" -> b;
                case "C" -> c;
                default -> d;
            };
        }

        /** Largest step of RK4: a fifth over the largest row sum of A bounds its fastest pole. */
        double step() {
            double largest = 0;
            for (double[] row : a) {
                double sum = 0;
                for (double value : row) {
                    sum += Math.abs(value);
                }
                largest = Math.max(largest, sum);
            }
            return largest > 0 ? 0.2 / largest : 1;
        }
    }

    private static final class Run extends Continuous {
        private final Matrices m;

        Run(Setup setup, List<Port> in, List<Port> out, double[] start, Matrices m) {
            super(setup, in, out, start, 0, SolverSettings.Method.RK4, m.step());
            this.m = m;
        }

        @Override
        public List<StateSpec> states() {
            List<StateSpec> states = new ArrayList<>();
            for (int i = 1; i <= m.a().length; i++) {
                states.add(StateSpec.dynamic("x." + i, "", -ANY, ANY));
            }
            return states;
        }

        private static double product(double[] row, double[] vector) {
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                sum += row[j] * vector[j];
            }
            return sum;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            for (int i = 0; i < x.length; i++) {
                dx[i] = product(m.a()[i], x) + product(m.b()[i], u);
            }
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            for (int i = 0; i < y.length; i++) {
                y[i] = product(m.c()[i], x) + product(m.d()[i], u);
            }
        }
    }
}
