package org.uatwin.server.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** Equations in the place of generated signals. */
class PhysicsTest {
    private static final long STEP = 100_000_000;
    private static final Plant PLANT = PlantFile.read(
                    """
                    uatwin: 1
                    siteId: t
                    connections: {line: {host: 192.0.2.10, devices: {plc: {unit: 3}}}}
                    types:
                      Tank1:
                        version: 1.0.0
                        level: component
                        points:
                          Level: {unit: m, euRange: [0, 10]}
                          Inflow: {unit: m3/h, euRange: [0, 10], writable: true}
                          Name: {type: String}
                    twins:
                      - {id: a, type: Tank1, device: line/plc, points: {Level: input 0 float64, Inflow: holding 0 float64, Name: holding 10 string 8}}
                      - {id: b, type: Tank1, device: line/plc, points: {Level: input 4 float64}}
                    """,
                    "t.yaml",
                    Protocols.onClassPath())
            .plant()
            .orElseThrow();

    private static VirtualSite site(String physics, List<AutoCloseable> open) throws Exception {
        ModbusField field =
                ModbusField.open((ModbusConnection) PLANT.connections().get(0), InetAddress.getLoopbackAddress(), 0);
        open.add(field);
        return new VirtualSite(
                PLANT,
                List.of(field),
                Physics.parse(physics, "p.yaml", PLANT),
                1,
                FaultSchedule.NONE,
                0,
                Optional.empty());
    }

    private static double truth(VirtualSite site, String point) {
        return site.points().stream()
                .filter(p -> p.name().equals(point))
                .findFirst()
                .orElseThrow()
                .truth();
    }

    private static List<Double> run(String physics, int seconds, String... points) throws Exception {
        List<AutoCloseable> open = new ArrayList<>();
        try {
            VirtualSite site = site(physics, open);
            for (int i = 0; i < 10 * seconds; i++) {
                site.step(STEP);
            }
            List<Double> values = new ArrayList<>();
            for (String point : points) {
                values.add(truth(site, point));
            }
            return values;
        } finally {
            for (AutoCloseable o : open) {
                o.close();
            }
        }
    }

    /** A first-order lag reaches 1 - 1/e of its step after its time constant; Euler with 0.1 s of 10 s errs by half a percent. */
    @Test
    void equationsIntegrateAndReadOtherTwinsAndHiddenStates() throws Exception {
        List<Double> values = run(
                """
                twins:
                  a:
                    wanted: {start: 0, formula: "8"}
                    Level: {start: 0, formula: "Level + (wanted - Level) * dt / 10"}
                  b: {Level: "'a/Level' / 2 + seconds / 100"}
                """,
                10,
                "a/Level",
                "b/Level");
        assertThat(values.get(0)).isCloseTo(8 * (1 - Math.exp(-1)), within(0.05));
        assertThat(values.get(1)).isCloseTo(values.get(0) / 2 + 0.1, within(1e-9));
    }

    @Test
    void noiseIsTheSameForTheSameSeedAndOfVarianceOne() throws Exception {
        String physics =
                """
                twins:
                  a:
                    n: {start: 0, formula: noise}
                    sum: {start: 0, formula: "sum + n * n"}
                    Level: "sum"
                """;
        List<Double> first = run(physics, 100, "a/Level");
        assertThat(run(physics, 100, "a/Level")).isEqualTo(first);
        assertThat(first.get(0)).isBetween(880.0, 1120.0); // chi-square of 1000: 1000 +- 2.7 standard deviations of 45
    }

    @Test
    void aDivisionByZeroKeepsTheLastValue() throws Exception {
        assertThat(run("twins: {a: {Level: {start: 3, formula: \"1 / (seconds - seconds)\"}}}", 1, "a/Level"))
                .containsExactly(3.0);
    }

    /** An equation over a machine's value leaves it a machine, which can wear. */
    @Test
    void aMachineWithAnEquationIsStillOne() throws Exception {
        Plant plant = VirtualSiteTest.plant();
        Physics physics = Physics.parse("twins: {pump-1: {Flow: \"42 + 0 * Speed\"}}", "p.yaml", plant);
        try (ModbusField field =
                ModbusField.open((ModbusConnection) plant.connections().get(0), InetAddress.getLoopbackAddress(), 0)) {
            VirtualSite site =
                    new VirtualSite(plant, List.of(field), physics, 1, FaultSchedule.NONE, 0, Optional.empty());
            assertThat(site.set(FaultOrder.of("pump-1", "wear", Map.of()), 10)).isZero();
            site.step(STEP);
            assertThat(truth(site, "pump-1/Flow")).isEqualTo(42);
            assertThat(site.moved()).isEqualTo(1);
        }
    }

    @Test
    void everyProblemIsNamedAtItsPlace() {
        assertThatThrownBy(() -> Physics.parse(
                        """
                        twins:
                          c: {Level: "1"}
                          a:
                            Levl: "1"
                            Inflow: "1"
                            Name: "1"
                            Level: "Levle + 'b/Flow' + 2 *"
                          b:
                            Level: "Levle + 'b/Flow'"
                        more: 1
                        """,
                        "p.yaml",
                        PLANT))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("p.yaml:2:3: the plant has no twin \"c\"")
                .hasMessageContaining("p.yaml:4:5: Tank1 has no point \"Levl\"")
                .hasMessageContaining("p.yaml:5:5: Inflow is no measured number")
                .hasMessageContaining("p.yaml:6:5: Name is no measured number")
                .hasMessageContaining("p.yaml:7:12: Level:")
                .hasMessageContaining("\"Levle\" is no point")
                .hasMessageContaining("\"b/Flow\" is no point")
                .hasMessageContaining("p.yaml:10:1: unknown key \"more\"");
        assertThat(Physics.parse("twins: {}", "p.yaml", PLANT).twins()).isEqualTo(Map.of());
    }
}
