package org.uatwin.server.virtual;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.uatwin.server.cli.Json;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.NetworkEffects;

/**
 * The log against which detectors are scored: when which fault was on what, and for every value it touched the true and
 * the served one. CSV, or JSON lines if the file's name ends in {@code .jsonl}. Owned by the stepping thread.
 */
final class GroundTruth implements AutoCloseable {
    private static final String HEAD = "time,seconds,event,target,kind,parameters,point,true,served\n";

    private static final double ACCOUNT_EVERY_S = 1;

    private record Account(double seconds, long packets) {}

    private final BufferedWriter out;
    private final Map<ActiveFault, Account> accounts = new HashMap<>();
    private final boolean isJson;
    private final Instant start;
    private boolean isDirty;

    private GroundTruth(BufferedWriter out, boolean isJson, Instant start) {
        this.out = out;
        this.isJson = isJson;
        this.start = start;
    }

    /**
     * Begins the file anew.
     *
     * @param start wall clock time of simulated second 0.
     */
    static GroundTruth open(Path file, InstantSource start) throws IOException {
        boolean isJson = file.toString().endsWith(".jsonl");
        BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        if (!isJson) {
            out.write(HEAD);
            out.flush();
        }
        return new GroundTruth(out, isJson, start.instant());
    }

    void begin(double seconds, ActiveFault fault) {
        write(seconds, "begin", fault.order(), "", Double.NaN, Double.NaN);
        flush();
    }

    void end(double seconds, ActiveFault fault) {
        write(seconds, "end", fault.order(), "", Double.NaN, Double.NaN);
        accounts.remove(fault);
        flush();
    }

    void sample(double seconds, ActiveFault fault, VirtualPoint point) {
        write(
                seconds,
                "sample",
                fault.order(),
                point.name(),
                point.truth(),
                point.outlet().served());
    }

    /** What a bad way did to packets so far: once a second while there are any. */
    void account(double seconds, ActiveFault fault, boolean isOver) {
        if (fault.effects().isEmpty()) {
            return;
        }
        NetworkEffects effects = fault.effects().get();
        Account last = accounts.get(fault);
        boolean isNews = last == null ? effects.packets() > 0 : effects.packets() > last.packets();
        if (isNews && (isOver || last == null || seconds - last.seconds() >= ACCOUNT_EVERY_S)) {
            accounts.put(fault, new Account(seconds, effects.packets()));
            write(seconds, "packets", fault.order(), effects.account(), "", Double.NaN, Double.NaN);
        }
    }

    private void write(double seconds, String event, FaultOrder order, String point, double truth, double served) {
        write(seconds, event, order, order.parameterText(), point, truth, served);
    }

    private void write(
            double seconds,
            String event,
            FaultOrder order,
            String parameters,
            String point,
            double truth,
            double served) {
        String time = start.plusNanos(Math.round(seconds * 1e9)).toString();
        try {
            if (isJson) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("time", time);
                row.put("seconds", FaultOrder.number(seconds));
                row.put("event", event);
                row.put("target", order.target());
                row.put("kind", order.kind().text());
                row.put("parameters", event.equals("packets") ? parameters : order.parameters());
                if (!point.isEmpty()) {
                    row.put("point", point);
                    row.put("true", truth);
                    row.put("served", served);
                }
                out.write(Json.line(row) + "\n");
            } else {
                out.write(String.join(
                                ",",
                                time,
                                FaultOrder.number(seconds),
                                event,
                                order.target(),
                                order.kind().text(),
                                parameters,
                                point,
                                cell(truth),
                                cell(served))
                        + "\n");
            }
            isDirty = true;
        } catch (IOException e) {
            throw new UncheckedIOException("the ground truth cannot be written: " + e.getMessage(), e);
        }
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : String.valueOf(value);
    }

    /** Everything so far is in the file afterwards. */
    void flush() {
        try {
            if (isDirty) {
                out.flush();
                isDirty = false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ground truth cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the ground truth cannot be written: " + e.getMessage(), e);
        }
    }
}
