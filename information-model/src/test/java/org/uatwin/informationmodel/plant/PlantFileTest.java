package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.value.ValueType;

class PlantFileTest {
    private static final String CONNECTION =
            """
            uatwin: 1
            siteId: demo
            connections:
              line-1:
                host: 127.0.0.1
                pollGroups: {normal: 1 s, fast: 250 ms}
                devices:
                  plc: {unit: 3}
            """;

    private static Plant plant(String text) {
        PlantReading reading = PlantFile.read(text, "plant.yaml");
        assertThat(reading.findings()).isEmpty();
        return reading.plant().orElseThrow();
    }

    private static Binding.Modbus modbus(Plant plant, String twin, String point) {
        Twin t = plant.twin(twin).orElseThrow();
        if (t.binding(t.type().pointOrdinal(point)) instanceof Binding.Modbus binding) {
            return binding;
        }
        throw new AssertionError(twin + "/" + point + " is not bound to a device");
    }

    /** The first file anybody writes must read without a finding. */
    @Test
    void onePumpReadsWithItsBindings() {
        Plant plant = plant(
                CONNECTION
                        + """
                twins:
                  - id: pump-01
                    type: CentrifugalPump
                    points:
                      DischargePressure: holding 100 float32 CDAB
                      Flow: {address: holding 102, type: float32, poll: fast, scale: 0.1}
                      Running: coil 3
                      State: holding 10 bits 0-2
                """);
        Binding.Modbus pressure = modbus(plant, "pump-01", "DischargePressure");
        assertThat(pressure.offset()).isEqualTo(100);
        assertThat(pressure.table()).isEqualTo(ModbusTable.HOLDING_REGISTER);
        assertThat(pressure.format().order()).isEqualTo(WordOrder.of(true, false));
        assertThat(pressure.device().unitId()).isEqualTo(3);
        Binding.Modbus flow = modbus(plant, "pump-01", "Flow");
        assertThat(flow.pollGroup().period()).isEqualTo(Duration.ofMillis(250));
        assertThat(flow.format().scale()).isEqualTo(0.1);
        Binding.Modbus state = modbus(plant, "pump-01", "State");
        assertThat(state.format().firstBit()).isZero();
        assertThat(state.format().bitCount()).isEqualTo(3);
        assertThat(plant.twin("pump-01").orElseThrow().identification().productInstanceUri())
                .isEqualTo("urn:uatwin:site:demo:pump-01");
    }

    /** A range is how 50 000 twins fit on a page; memory depends on formats being one object. */
    @Test
    void rangeOfFiftyThousandTwinsReadsAndSharesFormats() {
        Plant plant = plant(
                """
                uatwin: 1
                siteId: big
                connections:
                  gw-{1..32}:
                    host: 10.0.0.{n}
                    devices:
                      plc-{u=1..4}: {unit: "{u}"}
                twins:
                  - ids: pump-{00001..50000}
                    type: CentrifugalPump
                    area: Area {i/5000}
                    line: Line {i/500}
                    device: gw-{1 + i/1600}/plc-{1 + i/400 % 4}
                    base: {input: "{i % 400 * 40}", coil: "{i % 400}"}
                    points:
                      Flow: input 0 float32
                      Speed: input 2 float32
                      MotorPower: input 4 float32
                      Running: coil 0
                """);
        assertThat(plant.twins()).hasSize(50_000);
        Binding.Modbus first = modbus(plant, "pump-00001", "Flow");
        Binding.Modbus last = modbus(plant, "pump-50000", "Speed");
        assertThat(first.format()).isSameAs(last.format());
        assertThat(last.device().label()).isEqualTo("gw-32/plc-1");
        assertThat(last.offset()).isEqualTo(399 * 40 + 2);
        assertThat(plant.twins().get(0).place()).isSameAs(plant.twins().get(1).place());
    }

    /** A table is how an instrument list becomes a plant; its errors must point into the table. */
    @Test
    void tableRowsBecomeTwinsAndErrorsCiteTheRow(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("pumps.csv"), "id,unit,reg,maker\np-1,1,100,KSB\np-2,1,200,Grundfos\n");
        Path file = folder.resolve("plant.yaml");
        String text = CONNECTION
                + """
                twins:
                  - table: pumps.csv
                    type: CentrifugalPump
                    identification: {manufacturer: "{maker}"}
                    points:
                      Flow: holding {reg + 2} float32
                """;
        Files.writeString(file, text);
        Plant plant = PlantFile.read(file).plant().orElseThrow();
        assertThat(modbus(plant, "p-2", "Flow").offset()).isEqualTo(202);
        assertThat(plant.twin("p-2")
                        .orElseThrow()
                        .identification()
                        .manufacturer()
                        .in(List.of())
                        .text())
                .isEqualTo("Grundfos");

        Files.writeString(folder.resolve("pumps.csv"), "id,unit,reg,maker\np-1,1,100,KSB\np-2,1,70000,Grundfos\n");
        PlantReading broken = PlantFile.read(file);
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.findings()).singleElement().satisfies(f -> {
            assertThat(f.file()).isEqualTo("pumps.csv");
            assertThat(f.line()).isEqualTo(3);
            assertThat(f.subject()).isEqualTo("p-2/Flow");
        });
    }

    /** Manual numbers and zero-based offsets must never be mixed up silently. */
    @Test
    void manualAddressesCountFromOne() {
        Plant plant = plant(
                CONNECTION
                        + """
                twins:
                  - id: pump-01
                    type: CentrifugalPump
                    points:
                      Flow: manual 40001 float32
                      Speed: manual 300101 uint16
                      Running: manual 00017
                """);
        assertThat(modbus(plant, "pump-01", "Flow").offset()).isZero();
        assertThat(modbus(plant, "pump-01", "Speed").table()).isEqualTo(ModbusTable.INPUT_REGISTER);
        assertThat(modbus(plant, "pump-01", "Speed").offset()).isEqualTo(100);
        assertThat(modbus(plant, "pump-01", "Running").offset()).isEqualTo(16);
        assertThat(modbus(plant, "pump-01", "Running").format().type()).isEqualTo(RegisterType.BOOL);
    }

    /** Own types take over members and may refine ranges, which is all most plants need. */
    @Test
    void ownTypeExtendsALibraryType() {
        Plant plant = plant(
                CONNECTION
                        + """
                types:
                  Mixer:
                    version: 1.0.0
                    extends: Motor
                    points:
                      Speed: {euRange: [0, 200], limits: {high: 180, highHigh: 195}}
                      BladeCount: {kind: plain, type: UInt16}
                twins:
                  - id: mixer-1
                    type: Mixer
                    points:
                      Speed: input 3 uint16
                      BladeCount: {value: 6}
                """);
        var type = plant.twin("mixer-1").orElseThrow().type();
        assertThat(type.superType().orElseThrow().name()).isEqualTo("Motor");
        var speed = type.points().get(type.pointOrdinal("Speed"));
        assertThat(speed.euRange().orElseThrow().high()).isEqualTo(200);
        assertThat(speed.limits().high()).hasValue(180);
        var blades = type.points().get(type.pointOrdinal("BladeCount"));
        assertThat(blades.dataType()).isEqualTo(ValueType.UINT16);
        assertThat(plant.ownTypes()).containsExactly(type);
        assertThat(plant.twin("mixer-1").orElseThrow().binding(type.pointOrdinal("BladeCount")))
                .isEqualTo(new Binding.Constant(6, null));
    }

    @Test
    void linksAndDevicesHaveTwinsOfTheirOwn() {
        Plant plant = plant(CONNECTION);
        assertThat(plant.systemTwins())
                .extracting(Twin::id)
                .containsExactly(":plant", ":server", "_line-1", "_line-1.plc");
        Twin link = plant.twin("_line-1").orElseThrow();
        assertThat(link.binding(link.type().pointOrdinal("Endpoint")))
                .isEqualTo(new Binding.Constant(0, "127.0.0.1:502"));
        assertThat(plant.twin("_line-1.plc").orElseThrow().parentId()).hasValue("_line-1");
        assertThat(plant.twins()).isEmpty();
    }

    /** Scripts tell "mend the file" from "there is no such file" by the exit code. */
    @Test
    void unreadableFilesAnswerTwo(@TempDir Path folder) throws Exception {
        assertThat(PlantFile.read(folder.resolve("none.yaml")).exitCode()).isEqualTo(2);
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, new byte[] {'u', 'a', ':', ' ', '1', '\n', 'x', ':', ' ', (byte) 0xE4, '\n'});
        PlantReading reading = PlantFile.read(latin);
        assertThat(reading.exitCode()).isEqualTo(2);
        assertThat(reading.findings().get(0).line()).isEqualTo(2);
        assertThat(reading.findings().get(0).column()).isEqualTo(4);
        assertThat(PlantFile.read("uatwin: 1\n  siteId: [", "x.yaml").exitCode())
                .isEqualTo(2);
    }
}
