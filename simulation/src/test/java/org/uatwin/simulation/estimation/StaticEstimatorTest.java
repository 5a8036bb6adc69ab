package org.uatwin.simulation.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.twin.BoundSystem;
import org.uatwin.simulation.twin.TwinMember;

/**
 * State estimation of a feeder of eight nodes whose loads nobody knows: voltages and the power of the source are measured, and the load of
 * two nodes.
 */
class StaticEstimatorTest {
    private static final int NODES = 8;
    private static final Set<String> METERED = Set.of("n3/Load", "n6/Load");

    private final List<TwinMember> members = members();
    private final BoundSystem feeder = BoundSystem.of(
            "feeder", ModelRegistry.builtIn().system("RadialFeeder").orElseThrow(), Map.of(), Map.of(), members);
    private final ModelDescription description = feeder.description();
    private final Followable followable = feeder.followable().orElseThrow();
    private final AssetFollower twin = followable.follower(EstimatorSettings.defaults());
    private long now = 133_000_000_000_000_000L;

    private static List<TwinMember> members() {
        List<TwinMember> members = new ArrayList<>();
        for (int i = 1; i <= NODES; i++) {
            members.add(new TwinMember(
                    "n" + i,
                    "feeder",
                    List.of("FeederNode"),
                    Map.of(
                            "RatedLoad",
                            i == 1 ? 0.0 : 200.0,
                            "RatedReactiveLoad",
                            i == 1 ? 0.0 : 80.0,
                            "LineResistance",
                            0.4,
                            "LineReactance",
                            0.3)));
        }
        return members;
    }

    /** True outputs for hidden factors of the loads. */
    private double[] truth(double[] loads) {
        double[] inputs = description.defaultInputs();
        for (int i = 0; i < NODES; i++) {
            inputs[description.inputIndex("Load.n" + (i + 1))] = loads[i];
        }
        ModelStart.Quality quality = new ModelStart.Quality("", List.of(), List.of(), 0, -1, false);
        Course course = feeder.course(
                new ModelStart(feeder.parameters(), new double[0], inputs, OperatingMode.RUNNING, quality),
                List.of(),
                60,
                1);
        double[] y = new double[description.outputs().size()];
        course.outputs(y);
        return y;
    }

    private void measure(double[] y, NoiseStream noise, Map<String, Double> wrong) {
        for (int step = 0; step < 4; step++) {
            now += 10 * UaTime.TICKS_PER_SECOND;
            for (int j = 0; j < y.length; j++) {
                OutputSpec spec = description.outputs().get(j);
                String point = spec.linkedPoint();
                boolean isLoad = point != null && point.endsWith("Load");
                if (point != null && twin.channels().contains(point) && (!isLoad || METERED.contains(point))) {
                    double shown = y[j] + 0.5 * spec.accuracy().sigma(y[j]) * noise.gaussian();
                    twin.offer(
                            twin.channels().indexOf(point),
                            shown + wrong.getOrDefault(point, 0.0),
                            SampleQuality.GOOD,
                            now);
                }
            }
            twin.advance(now);
        }
    }

    private static double[] loads(NoiseStream noise) {
        double[] loads = new double[NODES];
        for (int i = 0; i < NODES; i++) {
            loads[i] = Math.max(0.2, 1 + 0.3 * noise.gaussian());
        }
        return loads;
    }

    private double expected(String point) {
        return twin.report().outputs().stream()
                .filter(o -> o.point().equals(point))
                .findFirst()
                .orElseThrow()
                .expected();
    }

    private Synchronisation.Quantity quantity(String name) {
        return twin.report().quantities().stream()
                .filter(q -> q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The sum is known well, what is metered too, and every load is nearer than its prior; 90 % intervals cover 85 to 95 %. */
    @Test
    void loadsNobodyMetersAreEstimated() {
        double inside = 0;
        double all = 0;
        for (int seed = 1; seed <= 100; seed++) {
            NoiseStream noise = NoiseStream.ofSeed(seed);
            double[] loads = loads(noise);
            double[] y = truth(loads);
            measure(y, noise, Map.of());
            double total = 0;
            for (int i = 2; i <= NODES; i++) {
                total += expected("n" + i + "/Load");
            }
            double source = y[description.outputIndex("SourcePower")] - y[description.outputIndex("Losses")];
            assertThat(total).isCloseTo(source, within(0.05 * source));
            assertThat(expected("n3/Load")).isCloseTo(200 * loads[2], within(0.1 * 200 * loads[2]));
            Synchronisation.Quantity common = quantity("LoadScale");
            double scale = common.value();
            for (int i = 2; i <= NODES; i++) {
                Synchronisation.Quantity q = quantity("Load.n" + i);
                // The common factor and the single ones are known together: sigma of their product, to first order
                double sigma = Math.hypot(scale * q.sigma(), q.value() * common.sigma());
                inside += Math.abs(scale * q.value() - loads[i - 1]) <= 1.6449 * sigma ? 1 : 0;
                all++;
            }
        }
        System.out.printf(java.util.Locale.ROOT, "loads inside their 90 %% intervals: %.1f %%%n", 100 * inside / all);
        assertThat(inside / all).isGreaterThan(0.85);
    }

    /** A voltmeter 3 % off is left out and named; one that is right is not. */
    @Test
    void aWrongVoltmeterIsNamed() {
        NoiseStream noise = NoiseStream.ofSeed(5);
        double[] y = truth(loads(noise));
        for (int i = 0; i < 12; i++) {
            measure(y, noise, Map.of());
        }
        assertThat(twin.report().level()).isEqualTo(FidelityLevel.CALIBRATED);
        assertThat(twin.report().diagnosis()).isEqualTo(Diagnosis.NONE);
        double before = expected("n5/Voltage");
        measure(y, noise, Map.of("n5/Voltage", 0.03));
        Synchronisation s = twin.report();
        assertThat(s.diagnosis().kind()).isEqualTo(Diagnosis.Kind.SENSOR);
        assertThat(s.diagnosis().name()).isEqualTo("n5/Voltage");
        assertThat(expected("n5/Voltage")).isCloseTo(before, within(0.003));
        measure(y, noise, Map.of());
        assertThat(twin.report().diagnosis()).as("mended").isEqualTo(Diagnosis.NONE);
    }

    /** What is asked of the feeder starts from the estimated loads. */
    @Test
    void questionsStartFromTheEstimatedLoads() {
        NoiseStream noise = NoiseStream.ofSeed(7);
        double[] loads = loads(noise);
        double[] y = truth(loads);
        assertThat(twin.estimate()).isEmpty();
        for (int i = 0; i < 10; i++) {
            measure(y, noise, Map.of());
        }
        Estimate estimate = twin.estimate().orElseThrow();
        ModelStart start = Subject.followed(feeder, estimate).start(LiveState.of(Map.of()));
        double scale = start.inputs()[description.inputIndex("LoadScale")];
        double load = start.inputs()[description.inputIndex("Load.n3")];
        assertThat(scale * load).isCloseTo(loads[2], within(0.1 * loads[2]));
        assertThat(start.isUsable()).isTrue();
    }
}
