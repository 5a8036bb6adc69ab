package org.uatwin.simulation.scenario;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** An optimum as bytes, a part of {@link RunCodec}'s. */
final class OptimumCodec {
    private OptimumCodec() {}

    static void write(DataOutputStream out, Optimum optimum) throws IOException {
        RunBytes.text(out, optimum.objective());
        RunBytes.text(out, optimum.quantity());
        RunBytes.text(out, optimum.unit());
        out.writeBoolean(optimum.isMinimised());
        RunBytes.numbers(out, optimum.value(), optimum.baseline());
        RunBytes.list(out, optimum.decisions(), d -> {
            RunBytes.text(out, d.name());
            RunBytes.text(out, d.unit());
            RunBytes.numbers(out, d.value(), d.present(), d.lower(), d.upper());
        });
        RunBytes.list(out, optimum.limits(), limit -> {
            RunBytes.text(out, limit.name());
            RunBytes.text(out, limit.unit());
            RunBytes.numbers(out, limit.value(), limit.baseline(), limit.bound());
            out.writeBoolean(limit.isUpper());
            out.writeBoolean(limit.isActive());
        });
        RunBytes.list(out, optimum.robustness(), robustness -> {
            RunBytes.text(out, robustness.parameter());
            RunBytes.text(out, robustness.unit());
            RunBytes.numbers(out, robustness.sigma(), robustness.gainBelow(), robustness.gainAbove());
        });
        RunBytes.list(out, optimum.setpoints(), setpoint -> {
            RunBytes.text(out, setpoint.twinId());
            RunBytes.text(out, setpoint.point());
            RunBytes.text(out, setpoint.unit());
            RunBytes.numbers(out, setpoint.value(), setpoint.present());
        });
        RunBytes.text(out, optimum.stopReason().name());
        out.writeLong(optimum.evaluations());
        RunBytes.text(out, optimum.caveat());
        RunBytes.text(out, optimum.message());
    }

    static Optimum read(DataInputStream in) throws IOException {
        return new Optimum(
                RunBytes.text(in),
                RunBytes.text(in),
                RunBytes.text(in),
                in.readBoolean(),
                in.readDouble(),
                in.readDouble(),
                RunBytes.list(
                        in,
                        () -> new Optimum.Decision(
                                RunBytes.text(in),
                                RunBytes.text(in),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble())),
                RunBytes.list(
                        in,
                        () -> new Optimum.Limit(
                                RunBytes.text(in),
                                RunBytes.text(in),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble(),
                                in.readBoolean(),
                                in.readBoolean())),
                RunBytes.list(
                        in,
                        () -> new Optimum.Robustness(
                                RunBytes.text(in),
                                RunBytes.text(in),
                                in.readDouble(),
                                in.readDouble(),
                                in.readDouble())),
                RunBytes.list(
                        in,
                        () -> new Setpoint(
                                RunBytes.text(in),
                                RunBytes.text(in),
                                RunBytes.text(in),
                                in.readDouble(),
                                in.readDouble())),
                StopReason.valueOf(RunBytes.text(in)),
                in.readLong(),
                RunBytes.text(in),
                RunBytes.text(in));
    }
}
