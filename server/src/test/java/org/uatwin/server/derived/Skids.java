package org.uatwin.server.derived;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;

/** Two skids on two links, and the graph of what is computed from them. Time is an argument, in seconds. */
final class Skids {
    static final long T0 = UaTime.ofInstant(Instant.parse("2026-03-01T00:00:00Z"));

    final LivePlant live;
    final DerivedGraph graph;
    /** What the graph wrote, in order, by {@code twin/Point}. */
    final List<Sample> out = new ArrayList<>();
    /** Setpoints written, and what is to be told of each. */
    final List<Double> written = new ArrayList<>();

    final List<Consumer<StatusCode>> answers = new ArrayList<>();

    /** @param points lines below {@code points:} of the type; {@code more} lines below those of the first twin. */
    Skids(String points, String more) {
        live = live(points, more);
        InferenceModels models = new InferenceModels();
        models.answerAtOnce();
        graph = new GraphBuilder(
                        live,
                        (row, bits, done) -> {
                            written.add(Double.longBitsToDouble(bits));
                            answers.add(done);
                        },
                        models)
                .build();
    }

    static LivePlant live(String points, String more) {
        String text =
                """
                uatwin: 1
                siteId: demo
                connections:
                  line-1: {host: 127.0.0.1, devices: {plc: {unit: 1}}}
                  line-2: {host: 127.0.0.2, devices: {plc: {unit: 1}}}
                types:
                  Skid:
                    version: 1.0.0
                    points:
                      Flow: {unit: m3/h, euRange: [0, 200]}
                      In: {unit: bar, euRange: [0, 16]}
                      Out: {unit: bar, euRange: [0, 16]}
                      Running: {type: Boolean}
                      Setpoint: {unit: m3/h, euRange: [0, 200], writable: true}
                """
                        + points.indent(6)
                        + """
                        twins:
                          - id: skid-1
                            type: Skid
                            device: line-1/plc
                            points:
                              Flow: holding 0 float32
                              In: holding 2 float32
                              Out: holding 4 float32
                              Running: coil 0
                        """
                        + more.indent(6)
                        + """
                          - id: skid-2
                            type: Skid
                            device: line-2/plc
                            points: {Flow: holding 0 float32, In: holding 2 float32, Out: holding 4 float32}
                        """;
        PlantReading reading = PlantFile.read(text, "plant.yaml");
        PointTable table = new PointTable(Runnable::run, failure -> {
            throw new AssertionError(failure);
        });
        return LivePlant.first(
                reading.plant()
                        .orElseThrow(() -> new AssertionError(reading.findings().toString())),
                new RowPool(table),
                T0);
    }

    static long ticks(double seconds) {
        return T0 + Math.round(seconds * UaTime.TICKS_PER_SECOND);
    }

    int row(String name) {
        int slash = name.indexOf('/');
        TwinInstance twin = live.instance(name.substring(0, slash));
        if (twin == null) {
            throw new AssertionError("no twin of " + name);
        }
        return twin.row(name.substring(slash + 1));
    }

    int slot(String name) {
        return graph.slots().of(row(name));
    }

    /** One input, without an evaluation. */
    Skids set(String name, double seconds, double value) {
        return set(name, seconds, value, StatusCode.GOOD);
    }

    Skids set(String name, double seconds, double value, StatusCode status) {
        graph.set(slot(name), value, status.bits(), ticks(seconds), ticks(seconds));
        return this;
    }

    Skids evaluate() {
        SampleBatch batch = new SampleBatch(4);
        graph.evaluate(batch);
        return keep(batch);
    }

    Skids tick(double seconds) {
        SampleBatch batch = new SampleBatch(4);
        graph.tick(ticks(seconds), batch);
        return keep(batch);
    }

    private Skids keep(SampleBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            out.add(batch.sample(i));
        }
        return this;
    }

    double value(String name) {
        return graph.slots().value[slot(name)];
    }

    StatusCode status(String name) {
        return StatusCode.of(graph.slots().status[slot(name)]);
    }

    long source(String name) {
        return graph.slots().source[slot(name)];
    }

    String problem(String name) {
        return graph.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow()
                .problem();
    }

    long evaluations(String name) {
        return out.stream().filter(sample -> sample.point() == row(name)).count();
    }
}
