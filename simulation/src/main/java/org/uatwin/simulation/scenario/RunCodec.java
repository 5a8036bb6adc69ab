package org.uatwin.simulation.scenario;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.uatwin.simulation.solver.Trajectory;

/**
 * Runs as bytes: a head, how the run stands, and its result, compressed. Numbers keep every bit. What cannot be read, damaged or of a
 * later form, is empty.
 */
final class RunCodec {
    private static final int FORM = 1;
    private static final int MOST_POINTS = 100_000;

    private RunCodec() {}

    /** @param resultBytes what the result takes in memory; 0 if there is none. */
    record Head(RunStatus status, long resultBytes) {}

    /** Writes or reads; both sides stand beside each other so that they stay the same. */
    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Parser<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static byte[] bytes(boolean isCompressed, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream target = isCompressed ? new DeflaterOutputStream(bytes, deflater) : bytes;
                DataOutputStream out = new DataOutputStream(target)) {
            out.writeByte(FORM);
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static <T> Optional<T> parsed(byte[] bytes, boolean isCompressed, Parser<T> parser) {
        InputStream source = new ByteArrayInputStream(bytes);
        try (DataInputStream in = new DataInputStream(isCompressed ? new InflaterInputStream(source) : source)) {
            return in.readByte() == FORM ? Optional.of(parser.read(in)) : Optional.empty();
        } catch (IOException | RuntimeException e) { // records refuse what cannot be
            return Optional.empty();
        }
    }

    // -------- how a run stands

    static byte[] encode(RunStatus status, long resultBytes) {
        return bytes(false, out -> {
            facts(out, status.facts());
            out.writeInt(status.state().number());
            out.writeDouble(status.progressPercent());
            RunBytes.text(out, status.message());
            RunBytes.instant(out, status.startedAt());
            RunBytes.instant(out, status.finishedAt());
            RunBytes.list(out, status.occurrences(), occurrence -> {
                out.writeDouble(occurrence.atSeconds());
                RunBytes.text(out, occurrence.name());
            });
            out.writeLong(resultBytes);
        });
    }

    static Optional<Head> head(byte[] bytes) {
        return parsed(
                bytes,
                false,
                in -> new Head(
                        new RunStatus(
                                facts(in),
                                RunState.of(in.readInt()),
                                in.readDouble(),
                                RunBytes.text(in),
                                RunBytes.instant(in),
                                RunBytes.instant(in),
                                RunBytes.list(in, () -> new Trajectory.Occurrence(in.readDouble(), RunBytes.text(in)))),
                        in.readLong()));
    }

    private static void facts(DataOutputStream out, RunFacts facts) throws IOException {
        RunBytes.text(out, facts.runId());
        RunBytes.text(out, facts.twinId());
        RunBytes.text(out, facts.requester());
        RunBytes.text(out, facts.method());
        RunBytes.text(out, facts.title());
        RunBytes.text(out, facts.modelName());
        RunBytes.text(out, facts.modelVersion());
        out.writeLong(facts.seed());
        RunBytes.instant(out, Optional.of(facts.createdAt()));
        RunBytes.list(out, facts.inputs(), input -> {
            RunBytes.text(out, input.name());
            RunBytes.text(out, input.value());
        });
        RunBytes.list(out, facts.outputs(), output -> {
            RunBytes.text(out, output.name());
            RunBytes.text(out, output.unit());
        });
        out.writeBoolean(facts.isTask());
    }

    private static RunFacts facts(DataInputStream in) throws IOException {
        return new RunFacts(
                RunBytes.text(in),
                RunBytes.text(in),
                RunBytes.text(in),
                RunBytes.text(in),
                RunBytes.text(in),
                RunBytes.text(in),
                RunBytes.text(in),
                in.readLong(),
                RunBytes.instant(in).orElseThrow(),
                RunBytes.list(in, () -> new RunFacts.Input(RunBytes.text(in), RunBytes.text(in))),
                RunBytes.list(in, () -> new RunFacts.Output(RunBytes.text(in), RunBytes.text(in))),
                in.readBoolean());
    }

    // -------- what came of it

    static byte[] encode(RunOutcome outcome) {
        return bytes(true, out -> {
            RunBytes.list(out, outcome.own(), series -> {
                RunBytes.text(out, series.name());
                RunBytes.text(out, series.unit());
                out.writeInt(series.series().size());
                RunBytes.numbers(out, series.series().timesSeconds());
                RunBytes.numbers(out, series.series().values());
            });
            RunBytes.list(out, outcome.kpis(), kpi -> {
                RunBytes.text(out, kpi.name());
                RunBytes.text(out, kpi.unit());
                RunBytes.numbers(out, kpi.value(), kpi.baseline(), kpi.lower(), kpi.upper());
            });
            out.writeBoolean(outcome.optimum().isPresent());
            if (outcome.optimum().isPresent()) {
                OptimumCodec.write(out, outcome.optimum().get());
            }
        });
    }

    static Optional<RunOutcome> outcome(byte[] bytes) {
        return parsed(
                bytes,
                true,
                in -> new RunOutcome(
                        RunBytes.list(in, () -> series(in)),
                        RunBytes.list(in, () -> kpi(in)),
                        in.readBoolean() ? Optional.of(OptimumCodec.read(in)) : Optional.empty()));
    }

    private static NamedSeries series(DataInputStream in) throws IOException {
        String name = RunBytes.text(in);
        String unit = RunBytes.text(in);
        int size = RunBytes.length(in, MOST_POINTS);
        return new NamedSeries(name, unit, new Series(RunBytes.numbers(in, size), RunBytes.numbers(in, size)));
    }

    private static Kpi kpi(DataInputStream in) throws IOException {
        return new Kpi(
                RunBytes.text(in),
                RunBytes.text(in),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }
}
