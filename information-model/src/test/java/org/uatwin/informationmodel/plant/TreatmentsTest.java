package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.informationmodel.conditioning.Conditioning;
import org.uatwin.informationmodel.conditioning.Derivation;
import org.uatwin.informationmodel.conditioning.Reduction;
import org.uatwin.informationmodel.conditioning.Scaling;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.conditioning.Vote;

/** What a plant file says about values: chains, derived points, votes, reduced channels. */
class TreatmentsTest {
    private static final String TYPES =
            """
            uatwin: 1
            siteId: demo
            connections:
              line-1: {host: 127.0.0.1, devices: {plc: {unit: 3}}}
            types:
              Skid:
                version: 1.0.0
                points:
                  Flow:
                    unit: m3/h
                    euRange: [0, 200]
                    condition:
                      scale: {from: [4, 20], to: [0, 200], curve: squareRoot}
                      spike: {limit: 50}
                      deadbandPercent: 1
                  Inlet: {unit: bar, euRange: [0, 16]}
                  Outlet: {unit: bar, euRange: [0, 16]}
                  Power: {unit: kW, euRange: [0, 100], expression: "to(Flow * (Outlet - Inlet), 'kW')"}
                  Twice: {unit: kW, euRange: [0, 100], expression: "Power + 'skid-2/Power'"}
                  A: {unit: bar, euRange: [0, 16]}
                  B: {unit: bar, euRange: [0, 16]}
                  C: {unit: bar, euRange: [0, 16]}
                  Voted: {unit: bar, euRange: [0, 16], vote: {of: [A, B, C], tolerance: 0.3, delay: 5 s, discrepancy: Off}}
                  Off: {kind: plain, type: UInt16}
                  Alarm: {type: Boolean}
                  Vib: {unit: m/s2, euRange: [-50, 50]}
                  VibRms: {unit: m/s2, euRange: [0, 50]}
                  VibKurtosis: {kind: plain, type: Double}
                  VibLow: {kind: plain, type: Double}
                  VibWave: {kind: plain, type: Double, array: 1024}
                  Setpoint: {unit: m3/h, euRange: [0, 200], writable: true}
                  Total: {unit: pc}
                  Words: {kind: plain, type: String}
            """;

    private static Plant plant(String twins) {
        PlantReading reading = PlantFile.read(TYPES + "twins:\n" + twins, "plant.yaml");
        assertThat(reading.findings()).isEmpty();
        return reading.plant().orElseThrow();
    }

    private static final String TWO =
            """
              - id: skid-1
                type: Skid
                points:
                  Flow: {address: holding 0, condition: {spike: {limit: 20, then: hold}, unit: l/min}}
                  Inlet: holding 1 float32
                  A: holding 3 float32
                  Vib:
                    address: holding 100 int16
                    reduce:
                      every: 1 min
                      sampleRate: 1000
                      bands: [[10, 100]]
                      to: {rms: VibRms, kurtosis: VibKurtosis, bands: [VibLow]}
                      waveform: VibWave
                  Setpoint: {address: holding 50 uint16, condition: {scale: {from: [0, 27648], to: [0, 200]}}, follow: {expression: "'skid-2/Flow'", every: 2 s}}
                  Alarm: {expression: "Flow > 150 || 'skid-2/Flow' > 150"}
                  Total: {address: holding 60, condition: {rollover: 65536, late: drop}}
              - id: skid-2
                type: Skid
                points:
                  Flow: {address: holding 200, condition: none}
            """;

    private static Treatment treatment(Plant plant, String twin, String point) {
        Twin t = plant.twin(twin).orElseThrow();
        return t.treatment(t.type().pointOrdinal(point));
    }

    private static Binding binding(Plant plant, String twin, String point) {
        Twin t = plant.twin(twin).orElseThrow();
        Binding binding = t.binding(t.type().pointOrdinal(point));
        assertThat(binding).as("%s/%s", twin, point).isNotNull();
        return binding == null ? new Binding.Constant(0, null) : binding;
    }

    /** A type says what is usual; a twin changes one step and keeps the rest. */
    @Test
    void bindingOverridesSingleStepsOfTheType() {
        Plant plant = plant(TWO);
        Conditioning flow = treatment(plant, "skid-1", "Flow").conditioning();
        assertThat(flow.scaling()).containsInstanceOf(Scaling.SquareRoot.class);
        assertThat(flow.spike()).hasValueSatisfying(spike -> {
            assertThat(spike.limit()).isEqualTo(20);
            assertThat(spike.samples()).isEqualTo(5);
            assertThat(spike.doubt()).isEqualTo(Conditioning.Doubt.HOLD);
        });
        assertThat(flow.deadband()).hasValue(2);
        assertThat(flow.sourceUnit().orElseThrow().symbol()).isEqualTo("l/min");
        assertThat(treatment(plant, "skid-2", "Flow")).isEqualTo(Treatment.NONE);
        assertThat(treatment(plant, "skid-1", "Inlet")).isEqualTo(Treatment.NONE);
        assertThat(treatment(plant, "skid-1", "Total").conditioning().rollover())
                .hasValue(65536);
    }

    @Test
    void typeSaysWhatIsComputedUnlessTheTwinBindsIt() {
        Plant plant = plant(TWO + "      Power: holding 300 float32\n");
        assertThat(binding(plant, "skid-1", "Power")).isInstanceOf(Binding.Derived.class);
        assertThat(binding(plant, "skid-2", "Power")).isInstanceOf(Binding.Modbus.class);
        assertThat(binding(plant, "skid-1", "Alarm").label()).isEqualTo("= Flow > 150 || 'skid-2/Flow' > 150");
        Binding.Derived voted = (Binding.Derived) binding(plant, "skid-1", "Voted");
        assertThat(((Derivation.Voted) voted.derivation()).vote()).satisfies(vote -> {
            assertThat(vote.method()).isEqualTo(Vote.Method.MEDIAN);
            assertThat(vote.required()).isEqualTo(2);
            assertThat(vote.delay()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(binding(plant, "skid-1", "Off")).isEqualTo(new Binding.Derived(new Derivation.Discrepancy("Voted")));
        assertThat(treatment(plant, "skid-1", "Setpoint").follow().orElseThrow().every())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void reducedChannelBindsItsOutputs() {
        Plant plant = plant(TWO);
        Optional<Reduction> reduction = treatment(plant, "skid-1", "Vib").reduction();
        assertThat(reduction.orElseThrow().outputs()).containsEntry(Reduction.Feature.KURTOSIS, "VibKurtosis");
        assertThat(binding(plant, "skid-1", "VibRms")).isEqualTo(new Binding.Reduced("Vib", "line-1", "rms", 1000));
        assertThat(binding(plant, "skid-1", "VibWave"))
                .isEqualTo(new Binding.Reduced("Vib", "line-1", "waveform", 1000));
        assertThat(binding(plant, "skid-1", "VibLow").label()).isEqualTo("energy 10..100 Hz of Vib");
    }

    /** A million points must not carry a million chains. */
    @Test
    void twinsOfARangeShareWhatTheyHaveInCommon() {
        Plant plant = plant(
                """
                  - ids: skid-{1..3000}
                    type: Skid
                    area: Area {i / 500}
                    base: {holding: "{i * 2}"}
                    points:
                      Flow: holding 0
                """);
        Twin first = plant.twins().get(0);
        Twin last = plant.twins().get(2999);
        int flow = first.type().pointOrdinal("Flow");
        int power = first.type().pointOrdinal("Power");
        assertThat(last.treatment(flow)).isSameAs(first.treatment(flow));
        assertThat(last.binding(power)).isSameAs(first.binding(power));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Flow: {address: holding 0, condition: {scal: {from: [4, 20], to: [0, 1]}}} | unknown key "scal" in condition | "scale"
                    Flow: {address: holding 0, condition: {scale: {from: [4, 4], to: [0, 1]}, unit: l/min}} | from must be two different signals | [4, 20]
                    Flow: {address: holding 0, condition: {scale: {table: [[0, 0], [5, 1], [5, 2]]}}} | must rise: 5 after 5 | sort
                    Flow: {address: holding 0, condition: {unit: bar}} | bar cannot be converted to m³/h | check both units
                    Flow: {address: holding 0, condition: {unit: furlong}} | unknown unit "furlong" | use
                    Flow: {address: holding 0, condition: {spike: {samples: 5}}} | spike has no "limit" | add limit
                    Flow: {address: holding 0, condition: {spike: {limit: -1}}} | limit must be above 0 | above 0
                    Flow: {address: holding 0, condition: {calibration: [{from: yesterday, offset: 1}]}} | from must be a date or a time | 2026-03-01
                    Flow: {address: holding 0, condition: {deadband: 1, deadbandPercent: 1}} | both deadband and deadbandPercent | keep one
                    Total: {address: holding 0, condition: {deadbandPercent: 1}} | no euRange to take a percentage of | deadband
                    Words: {address: holding 0 string 8, condition: {clamp: {to: [0, 1]}}} | clamp cannot be done with Words | measured number
                    Words: {address: holding 0 string 8, condition: {debounce: 1 s}} | debounce cannot be done with Words, which is String | remove it
                    Vib: {address: holding 9 int16, condition: {deadband: 1}, reduce: {sampleRate: 1000, to: {rms: VibRms}}} | deadband cannot be done with Vib, which is reduced | remove it
                    Setpoint: {address: holding 0, condition: {spike: {limit: 1}}} | Setpoint is a setpoint; spike would hide | takes scale
                    Setpoint: {address: holding 0, condition: {scale: {table: [[0, 0], [5, 1], [6, 1]]}}} | scale has no inverse | only rise or only fall
                    Setpoint: {address: holding 0, condition: {rollover: 65536}} | counter that rolls over cannot be written | remove rollover
                    Power: {expression: "Flow + Inlet"} | units: "+" joins m³/h and bar | check the points
                    Power: {expression: "Flow * Inlet"} | the result is in kg·m^2·s^-3 | to(..., 'kW')
                    Power: {expression: "Flo * 2"} | Skid has no point "Flo" | "Flow"
                    Power: {expression: "'skid-9/Flow' * 2"} | there is no twin "skid-9" | skid-1
                    Power: {expression: "Power * 2"} | it depends on itself: skid-1/Power <- skid-1/Power | break the circle
                    Power: {expression: "Twice * 2"} | it depends on itself: | break the circle
                    Power: {expression: "Words * 2"} | Words is String and cannot be calculated with | single number
                    Power: {expression: "Flow > 2"} | answers true or false, the point is Double | ? 1 : 0
                    Power: {expression: "Flow.class"} | not allowed in an expression | use numbers
                    Power: {address: holding 5, expression: "1"} | both address and a computation | one of
                    Power: {expression: "1", condition: {deadband: 1}} | condition is for values that come from a device | expression
                    Setpoint: {expression: "1"} | Setpoint is a setpoint and cannot be computed | not writable
                    Inlet: {address: holding 5, follow: {expression: "Flow"}} | Inlet is no setpoint | writable
                    Setpoint: {address: holding 5, follow: {expression: "Inlet"}} | follow: units: the result is in bar | check
                    Setpoint: {address: holding 5, follow: {expression: "Setpoint"}} | would follow itself | name the point
                    Voted: {vote: {of: [A, A]}} | A is named twice | once
                    Voted: {vote: {of: [A, Flow]}} | Flow is in m³/h, the voted point in bar | one unit
                    Voted: {vote: {of: [A, B], discrepancy: Inlet}} | Inlet cannot show who deviates | Boolean
                    Voted: {vote: {of: [A, B, C], required: 4}} | 4 of 3 sensors | 1..3
                    Vib: {address: holding 9 int16, reduce: {sampleRate: 1000, to: {rms: VibRMS}}} | no point "VibRMS" for rms | "VibRms"
                    Vib: {address: holding 9 int16, reduce: {sampleRate: 1000, to: {rms: Inlet}}} | Inlet is in bar, the channel in m/s² | same unit
                    Vib: {address: holding 9 int16, reduce: {sampleRate: 1000, bands: [[10, 600]], to: {bands: [VibLow]}}} | within 0..500 Hz | sampleRate
                    Vib: {address: holding 9 int16, reduce: {sampleRate: 1000, waveform: VibRms}} | cannot take the waveform | array
                    Vib: {address: holding 9 int16, reduce: {sampleRate: 1000}} | nothing is kept | add to
                    Setpoint: {address: holding 9, reduce: {sampleRate: 1000, to: {rms: VibRms}}} | a setpoint, no measured channel | not writable
                    """)
    void whatMakesNoSenseIsFound(String point, String cause, String fix) {
        String text = TYPES + "twins:\n  - id: skid-1\n    type: Skid\n    points:\n      " + point
                + "\n  - {id: skid-2, type: Skid}\n";
        PlantReading reading = PlantFile.read(text, "plant.yaml");
        assertThat(reading.plant()).isEmpty();
        assertThat(reading.findings()).anySatisfy(finding -> {
            assertThat(finding.cause()).contains(cause);
            assertThat(finding.fix()).contains(fix);
            assertThat(finding.line()).isBetween(10, (int) text.lines().count());
        });
        assertThat(List.of(reading.exitCode())).containsExactly(1);
    }

    /** The place is the character within the text, so that an editor jumps there. */
    @Test
    void errorInAnExpressionPointsIntoIt() {
        String text = TYPES
                + "twins:\n  - id: skid-1\n    type: Skid\n    points:\n      Power: {expression: \"Flow * averge(Flow, 3)\"}\n  - {id: skid-2, type: Skid}\n";
        Finding finding = PlantFile.read(text, "plant.yaml").findings().get(0);
        assertThat(finding.cause()).contains("unknown function \"averge\"");
        String line = text.lines().toList().get(finding.line() - 1);
        assertThat(line.substring(finding.column() - 1)).startsWith("averge");
    }
}
