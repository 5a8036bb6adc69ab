package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code uatwin points}: nothing is lost on the way out and in, and nothing is changed that was not asked for. */
class PointsTest {
    private static final String PLANT =
            """
            # The plant of hall 1
            uatwin: 1
            siteId: hall
            connections:
              line-1:
                host: 10.0.0.5
                order: CDAB
                pollGroups: {normal: 1 s, slow: {period: 10 s, hold: 60 s}}
                devices:
                  plc: {unit: 1}
                  meter: {unit: 2, order: BADC}
            types:
              Skid:
                version: 1.0.0
                points:
                  Level: {unit: m, euRange: [0, 5]}
                  Volume: {unit: m3, euRange: [0, 900]}
                  Valves: {kind: plain, type: Boolean, array: 4}
                  Mode: {type: UInt16}
                  Maker: {type: String}
                  Target: {type: Float, writable: true}
                  Total: {type: UInt64}
            twins:
              # the old skid
              - id: skid-1
                type: Skid
                device: line-1/plc
                base: {holding: 100}
                points:
                  Level: holding 2 float32     # by the north wall
                  Volume: {address: input 4 int16, scale: 0.1, offset: -3.5, poll: slow}
                  Valves: coil 3
                  Mode: holding 11 bits 4-6

                  Maker: {value: "Meyer, \\"Söhne\\" & Co"}
              - {id: skid-2, type: Skid, device: line-1/meter, points: {Level: holding 2 float32, Total: input 0 uint64}}
              - ids: skid-{3..4}
                type: Skid
                device: line-1/plc
                points: {Level: "holding {n * 10} float32"}
              # the end
            """;

    @TempDir
    Path directory = Path.of("unset");

    private Path plant = Path.of("unset");
    private Path csv = Path.of("unset");

    @BeforeEach
    void write() throws IOException {
        plant = Files.writeString(directory.resolve("plant.yaml"), PLANT);
        csv = directory.resolve("points.csv");
    }

    private String export() throws IOException {
        Cli.Result result = Cli.run("points", "export", plant.toString(), csv.toString(), "--force");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return Files.readString(csv);
    }

    private Cli.Result importTable(String table, String... more) throws IOException {
        Files.writeString(csv, table);
        String[] line = new String[4 + more.length];
        System.arraycopy(new String[] {"points", "import", plant.toString(), csv.toString()}, 0, line, 0, 4);
        System.arraycopy(more, 0, line, 4, more.length);
        return Cli.run(line);
    }

    /** C24: scale, offset, order, poll group, device, bits, arrays and constants are all in the table. */
    @Test
    void everythingIsInTheTable() throws IOException {
        assertThat(export().lines().toList())
                .contains(
                        "skid-1,Skid,Level,line-1/plc,normal,holding 102 float32 CDAB,1,0,,DOUBLE,m,0,5",
                        "skid-1,Skid,Volume,line-1/plc,slow,input 4 int16,0.1,-3.5,,DOUBLE,m³,0,900",
                        "skid-1,Skid,Valves,line-1/plc,normal,coil 3 x4,1,0,,BOOLEAN,,,",
                        "skid-1,Skid,Mode,line-1/plc,normal,holding 111 bits 4-6,1,0,,UINT16,,,",
                        "skid-1,Skid,Maker,,,,,,\"Meyer, \"\"Söhne\"\" & Co\",STRING,,,",
                        "skid-2,Skid,Level,line-1/meter,normal,holding 2 float32 BADC,1,0,,DOUBLE,m,0,5",
                        "skid-2,Skid,Total,line-1/meter,normal,input 0 uint64 BADCFEHG,1,0,,UINT64,,,",
                        "skid-4,Skid,Level,line-1/plc,normal,holding 40 float32 CDAB,1,0,,DOUBLE,m,0,5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "skip", "overwrite", "rename"})
    void whatWentOutComesInWithoutAChange(String mode) throws IOException {
        String table = export();
        Cli.Result result = importTable(table, "--on-conflict", mode);
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("9 unchanged; nothing to write");
        assertThat(Files.readString(plant)).isEqualTo(PLANT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small-pump.yaml", "tank-farm.yaml"})
    void theExamplesGoOutAndIn(String example) throws IOException {
        Path examples = Path.of(System.getProperty("uatwin.root", ".."), "examples");
        for (String file : List.of(example, "tank-farm.csv")) {
            Files.copy(examples.resolve(file), directory.resolve(file));
        }
        plant = directory.resolve(example);
        byte[] before = Files.readAllBytes(plant);
        Cli.Result result = importTable(export(), "--on-conflict", "overwrite");
        assertThat(result.out()).contains("unchanged; nothing to write");
        assertThat(Files.readAllBytes(plant)).isEqualTo(before);
    }

    @Test
    void overwriteChangesTheOneValueAndKeepsTheCommentBesideIt() throws IOException {
        String table = export().replace("holding 102 float32 CDAB,1,0", "holding 108 float32 ABCD,0.01,0")
                .replace("holding 2 float32 BADC,1,0", "holding 6 float32 BADC,1,0");
        Cli.Result result = importTable(table, "--on-conflict", "overwrite");
        assertThat(result.out()).contains("2 overwritten", "7 unchanged", "plant.yaml.bak");
        assertThat(result.code()).isZero();
        assertThat(Files.readString(plant))
                .isEqualTo(PLANT.replace(
                                "Level: holding 2 float32     #",
                                "Level: {address: holding 8 float32 ABCD, scale: 0.01}     #")
                        .replace("Level: holding 2 float32, Total", "Level: holding 6 float32 BADC, Total"));
        assertThat(Files.readString(directory.resolve("plant.yaml.bak"))).isEqualTo(PLANT);
        assertThat(export()).contains("holding 108 float32 ABCD,0.01,0", "holding 6 float32 BADC");
    }

    /** What else a point's section says, here how its value is treated, is not the table's to lose. */
    @Test
    void overwriteKeepsTheOtherKeysOfAPoint() throws IOException {
        String before =
                PLANT.replace("offset: -3.5, poll: slow}", "offset: -3.5, poll: slow, condition: {deadband: 0.2}}");
        Files.writeString(plant, before);
        String table = export().replace("input 4 int16,0.1", "input 5 int16,0.2");
        assertThat(importTable(table, "--on-conflict", "overwrite").code()).isZero();
        assertThat(Files.readString(plant))
                .contains(
                        "Volume: {address: input 5 int16, poll: slow, scale: 0.2, offset: -3.5, condition: {deadband: 0.2}}");
    }

    @Test
    void conflictsFailUnlessSaidOtherwise() throws IOException {
        String table = export().replace("holding 102", "holding 104");
        Cli.Result result = importTable(table);
        assertThat(result.code()).isEqualTo(Exit.FAILED);
        assertThat(result.out())
                .contains(
                        "points.csv:2: skid-1/Level: conflict",
                        "holding 102 float32 CDAB",
                        "holding 104 float32 CDAB",
                        "Fix: --on-conflict");
        assertThat(Files.readString(plant)).isEqualTo(PLANT);
        assertThat(importTable(table, "--on-conflict", "skip").code()).isZero();
        assertThat(Files.readString(plant)).isEqualTo(PLANT);
        Cli.Result dry = importTable(table, "--on-conflict", "overwrite", "--dry-run");
        assertThat(dry.out()).contains("1 overwritten", "dry run, nothing written");
        assertThat(Files.readString(plant)).isEqualTo(PLANT);
    }

    @Test
    void renameKeepsBoth() throws IOException {
        String table = export().replace("holding 102", "holding 104");
        assertThat(importTable(table, "--on-conflict", "rename").out()).contains("1 renamed");
        String after = export();
        assertThat(after)
                .contains(
                        "skid-1,Skid,Level,line-1/plc,normal,holding 102",
                        "skid-1-2,Skid,Level,line-1/plc,normal,holding 104");
        assertThat(Files.readString(plant)).contains("# by the north wall", "# the end");
    }

    @Test
    void newPointsAndNewTwinsAreAdded() throws IOException {
        Cli.Result result = importTable(
                """
                twin;point;address;scale;device;type
                skid-1;Target;holding 130 float32;;;
                skid-1;Total;input 20 uint32;10;;
                skid-2;Volume;input 9;0.5;line-1/meter;
                skid-9;Level;holding 700 float32 ABCD;;line-1/meter;Skid
                """);
        assertThat(result.out()).contains("4 added");
        assertThat(export().lines().toList())
                .contains(
                        "skid-1,Skid,Target,line-1/plc,normal,holding 130 float32 CDAB,1,0,,FLOAT,,,",
                        "skid-1,Skid,Total,line-1/plc,normal,input 20 uint32 CDAB,10,0,,UINT64,,,",
                        "skid-2,Skid,Volume,line-1/meter,normal,input 9 uint16,0.5,0,,DOUBLE,m³,0,900",
                        "skid-9,Skid,Level,line-1/meter,normal,holding 700 float32 ABCD,1,0,,DOUBLE,m,0,5");
        assertThat(Cli.run("check", plant.toString()).code()).isZero();
    }

    /** Nothing is written when a row is wrong, and every wrong row is named. */
    @Test
    void wrongRowsAreAllReported() throws IOException {
        Cli.Result result = importTable(
                """
                twin,point,address,scale,value
                skid-1,Levl,holding 1,,
                skid-7,Level,holding 1,,
                skid-1,Mode,,,
                skid-1,Mode,holding 1,"0,5",
                skid-1,Target,holding 70000 float32,,
                skid-3,Target,holding 5 float32,,
                skid-1,Total,"holding 1}, x: {",,
                """);
        assertThat(result.code()).isEqualTo(Exit.FAILED);
        assertThat(result.out())
                .contains(
                        "points.csv:2: skid-1/Levl: error: the type Skid has no such point",
                        "points.csv:3: skid-7/Level: error: there is no such twin",
                        "points.csv:4: skid-1/Mode: error: neither address nor value",
                        "points.csv:5: skid-1/Mode: error: the table has this point twice",
                        "points.csv:7: skid-3/Target: error: the twin comes from a range or a table",
                        "points.csv:8: skid-1/Total: error: \"holding 1}, x: {\" is no address");
        assertThat(Files.readString(plant)).isEqualTo(PLANT);
        Cli.Result second = importTable("twin,point,address\nskid-1,Target,holding 70000 float32\n");
        assertThat(second.code()).isEqualTo(Exit.FAILED);
        assertThat(second.out()).contains("65535");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("plant.yaml", "points.csv");
    }

    @Test
    void theReportIsThereAsJson() throws IOException {
        Cli.Result result = importTable(export(), "--json");
        assertThat(result.out()).contains("\"written\": false", "\"UNCHANGED\": 9");
    }
}
