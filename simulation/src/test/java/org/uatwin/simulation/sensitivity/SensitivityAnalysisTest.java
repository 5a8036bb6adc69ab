package org.uatwin.simulation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The indices of functions for which they are known in closed form. */
class SensitivityAnalysisTest {
    private static final double A = 7;
    private static final double B = 0.1;

    private static List<Factor> factors(int n, double low, double high) {
        return IntStream.rangeClosed(1, n)
                .mapToObj(i -> new Factor("x" + i, low, high))
                .toList();
    }

    private static List<SensitivityTable.Row> run(
            SensitivityAnalysis.Method method,
            List<Factor> factors,
            int size,
            int threads,
            SensitivityAnalysis.Evaluator model) {
        return new SensitivityAnalysis(
                        method, factors, List.of(new SensitivityAnalysis.Figure("y", "kW", 0)), size, 4, threads)
                .run(model, 7);
    }

    private static SensitivityTable.Row row(List<SensitivityTable.Row> rows, String index, String factor) {
        return rows.stream()
                .filter(r -> r.index().equals(index) && r.factor().equals(factor))
                .findFirst()
                .orElseThrow();
    }

    /** Ishigami and Homma 1990: sin x1 + a sin^2 x2 + b x3^4 sin x1 on -pi..pi. */
    private static double[] ishigami(double[] x) {
        double s = StrictMath.sin(x[1]);
        return new double[] {StrictMath.sin(x[0]) * (1 + B * x[2] * x[2] * x[2] * x[2]) + A * s * s};
    }

    /** x3 acts only together with x1: its first order is 0, its total is not. */
    @Test
    void sobolFindsTheIndicesOfIshigami() {
        double pi4 = Math.pow(Math.PI, 4);
        double v = A * A / 8 + B * pi4 / 5 + B * B * pi4 * pi4 / 18 + 0.5;
        double first1 = 0.5 * (1 + B * pi4 / 5) * (1 + B * pi4 / 5) / v;
        double first2 = A * A / 8 / v;
        double joint13 = B * B * pi4 * pi4 * (1.0 / 18 - 1.0 / 50) / v;
        var rows = run(
                SensitivityAnalysis.Method.SOBOL,
                factors(3, -Math.PI, Math.PI),
                8192,
                1,
                SensitivityAnalysisTest::ishigami);
        check(rows, "FirstOrder", new double[] {first1, first2, 0}, 0.02);
        check(rows, "TotalOrder", new double[] {first1 + joint13, first2, joint13}, 0.02);
    }

    /** Sobol's g-function: product of (|4 x - 2| + a) / (1 + a); V_i = 1 / (3 (1 + a_i)^2). */
    @Test
    void sobolFindsTheIndicesOfTheGFunction() {
        double[] a = {0, 1, 4.5, 9, 99, 99};
        double product = 1;
        double[] own = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            own[i] = 1 / (3 * (1 + a[i]) * (1 + a[i]));
            product *= 1 + own[i];
        }
        double v = product - 1;
        double[] first = new double[a.length];
        double[] total = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            first[i] = own[i] / v;
            total[i] = own[i] * product / (1 + own[i]) / v;
        }
        var rows = run(SensitivityAnalysis.Method.SOBOL, factors(a.length, 0, 1), 8192, 1, x -> {
            double y = 1;
            for (int i = 0; i < a.length; i++) {
                y *= (Math.abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
            }
            return new double[] {y};
        });
        check(rows, "FirstOrder", first, 0.02);
        check(rows, "TotalOrder", total, 0.02);
    }

    private static void check(List<SensitivityTable.Row> rows, String index, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            SensitivityTable.Row row = row(rows, index, "x" + (i + 1));
            assertThat(row.value()).as(row.name()).isCloseTo(expected[i], within(tolerance));
            assertThat(row.lower()).isLessThanOrEqualTo(row.value());
            assertThat(row.upper()).isGreaterThanOrEqualTo(row.value());
            assertThat(row.upper() - row.lower())
                    .as("interval of " + row.name())
                    .isLessThan(0.2);
        }
    }

    /** With few samples the interval is wide enough to hold the truth about nine times in ten. */
    @Test
    void intervalsOfTheBootstrapHoldTheTruth() {
        double truth = 0.8; // of 2 x1 + x2: shares 4 / 5 and 1 / 5
        int held = 0;
        for (int seed = 0; seed < 100; seed++) {
            var rows = new SensitivityAnalysis(
                            SensitivityAnalysis.Method.SOBOL,
                            factors(2, 0, 1),
                            List.of(new SensitivityAnalysis.Figure("y", "", 0)),
                            64,
                            4,
                            1)
                    .run(x -> new double[] {2 * x[0] + x[1]}, seed);
            SensitivityTable.Row total = row(rows, "TotalOrder", "x1");
            held += total.lower() <= truth && truth <= total.upper() ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(85);
    }

    /** A linear factor has the same effect everywhere, a square one not; one that does nothing has none. */
    @Test
    void morrisTellsLinearFromCurvedFromNothing() {
        var rows = run(SensitivityAnalysis.Method.MORRIS, factors(4, 0, 1), 40, 1, x ->
                new double[] {10 * x[0] - 3 * x[1] + 20 * (x[2] - 0.5) * (x[2] - 0.5)});
        assertThat(row(rows, "MuStar", "x1").value()).isCloseTo(10, within(1e-9));
        assertThat(row(rows, "Mu", "x2").value()).isCloseTo(-3, within(1e-9));
        assertThat(row(rows, "MuStar", "x2").value()).isCloseTo(3, within(1e-9));
        assertThat(row(rows, "Sigma", "x1").value()).isCloseTo(0, within(1e-9));
        // Levels 0, 1/3, 2/3, 1 and delta 2/3: the square's effects are -20/3 and 20/3.
        assertThat(row(rows, "MuStar", "x3").value()).isCloseTo(20.0 / 3, within(1e-9));
        assertThat(row(rows, "Sigma", "x3").value()).isGreaterThan(5);
        assertThat(row(rows, "MuStar", "x4").value()).isZero();
        assertThat(row(rows, "MuStar", "x1").unit()).isEqualTo("kW");
    }

    /** Each step of a trajectory moves one factor, and no point leaves the cube. */
    @Test
    void trajectoriesMoveOneFactorAtATime() {
        for (int levels : new int[] {4, 6, 8}) {
            double[][] points = new Morris(5, 30, levels, 3).points();
            assertThat(points).hasNumberOfRows(30 * 6);
            for (int n = 0; n < points.length; n++) {
                for (double place : points[n]) {
                    assertThat(place).isBetween(-1e-12, 1 + 1e-12);
                }
                if (n % 6 > 0) {
                    int at = n;
                    assertThat(IntStream.range(0, 5).filter(i -> points[at][i] != points[at - 1][i]))
                            .hasSize(1);
                }
            }
        }
    }

    /** A question asked again must not be answered otherwise because the machine has more cores. */
    @Test
    void threadsLeaveNoTrace() {
        for (SensitivityAnalysis.Method method : SensitivityAnalysis.Method.values()) {
            var alone = run(method, factors(3, -3, 3), 128, 1, SensitivityAnalysisTest::ishigami);
            assertThat(run(method, factors(3, -3, 3), 128, 4, SensitivityAnalysisTest::ishigami))
                    .isEqualTo(alone);
        }
    }

    /** A figure that does not vary has no shares to give, and none is made of rounding. */
    @Test
    void whatDoesNotVaryHasNoIndices() {
        var rows = run(SensitivityAnalysis.Method.SOBOL, factors(2, 0, 1), 64, 1, x ->
                new double[] {1e6 + 1e-10 * (x[0] > 0.5 ? 1 : 0)});
        assertThat(rows).allSatisfy(r -> assertThat(r.value()).isZero());
    }
}
