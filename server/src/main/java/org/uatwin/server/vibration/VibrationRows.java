package org.uatwin.server.vibration;

import java.util.EnumMap;
import java.util.Map;
import org.uatwin.informationmodel.type.VibrationPoints.Fault;
import org.uatwin.informationmodel.type.VibrationPoints.Result;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.vibration.VibrationHealthIndex;

/**
 * Writes results into the rows of their points. Quality by contracts section 2: what stands on inputs that are not Good is
 * Uncertain_LastUsableValue, what could never be told Bad_WaitingForInitialData; what a waveform cannot have, such as the kurtosis of a
 * constant, is Bad_NoValue. Owned by whoever analyses.
 */
final class VibrationRows {
    private static final double PERCENT = 100;

    private final Map<Result, Integer> rows = new EnumMap<>(Result.class);
    private final Map<Result, Boolean> wasTold = new EnumMap<>(Result.class);

    /**
     * What is said about the bearing.
     *
     * @param isTold whether this waveform says anything about it.
     * @param isSure whether waveform and speed are Good.
     */
    record Verdict(Fault fault, double confidence, boolean isTold, boolean isSure, String evidence) {}

    VibrationRows(TwinInstance instance, String prefix) {
        for (Result result : Result.values()) {
            rows.put(result, instance.row(result.name(prefix)));
        }
    }

    void waiting(SampleBatch out, long now) {
        rows.values().forEach(row -> out.addStatus(row, StatusCode.BAD_WAITING_FOR_INITIAL_DATA, now, now));
    }

    /** Nothing can be said now: what was said last is all there is. */
    void unsure(SampleBatch out, String why, long now) {
        for (Result result : Result.values()) {
            if (result != Result.EVIDENCE) {
                untold(out, result, now);
            }
        }
        out.addObject(row(Result.EVIDENCE), why, StatusCode.GOOD, now, now);
    }

    private int row(Result result) {
        return rows.getOrDefault(result, -1);
    }

    private void untold(SampleBatch out, Result result, long time) {
        boolean isKnown = wasTold.getOrDefault(result, false);
        out.addStatus(
                row(result),
                isKnown ? StatusCode.UNCERTAIN_LAST_USABLE_VALUE : StatusCode.BAD_WAITING_FOR_INITIAL_DATA,
                time,
                time);
    }

    void add(
            SampleBatch out,
            SnapshotFindings found,
            Verdict verdict,
            VibrationHealthIndex.Reading reading,
            StatusCode status,
            long time) {
        number(out, Result.VELOCITY_RMS, found.velocityMmPerS(), status, time);
        number(out, Result.RMS, found.findings().rms(), status, time);
        number(out, Result.PEAK, found.peak(), status, time);
        number(out, Result.CREST, found.findings().crest(), status, time);
        number(out, Result.KURTOSIS, found.findings().kurtosis(), status, time);
        number(out, Result.WEAR, reading.index(), status, time);
        if (Double.isNaN(reading.level())) {
            untold(out, Result.CHANGE, time); // the first days are still being learned
        } else {
            number(out, Result.CHANGE, reading.level(), status, time);
        }
        if (found.zone().isPresent()) {
            value(out, Result.ZONE, found.zone().get().number(), status, time);
        } else {
            untold(out, Result.ZONE, time);
        }
        array(out, Result.SPECTRUM, found.spectrum(), status, time);
        array(out, Result.ENVELOPE, found.envelope(), status, time);
        bearing(out, found, verdict, time);
        out.addObject(row(Result.EVIDENCE), verdict.evidence(), StatusCode.GOOD, time, time);
    }

    private void bearing(SampleBatch out, SnapshotFindings found, Verdict verdict, long time) {
        if (!verdict.isTold()) {
            untold(out, Result.FAULT, time);
            untold(out, Result.CONFIDENCE, time);
            untold(out, Result.SCORE, time);
            return;
        }
        StatusCode status = verdict.isSure() ? StatusCode.GOOD : StatusCode.UNCERTAIN_LAST_USABLE_VALUE;
        value(out, Result.FAULT, verdict.fault().number(), status, time);
        number(out, Result.CONFIDENCE, PERCENT * verdict.confidence(), status, time);
        number(out, Result.SCORE, found.findings().signs().get(0).score(), status, time);
    }

    private void number(SampleBatch out, Result result, double value, StatusCode status, long time) {
        if (Double.isFinite(value)) {
            value(out, result, Double.doubleToRawLongBits(value), status, time);
        } else {
            out.addStatus(row(result), StatusCode.BAD_NO_VALUE, time, time);
        }
    }

    private void value(SampleBatch out, Result result, long bits, StatusCode status, long time) {
        wasTold.put(result, true);
        out.add(row(result), bits, status, time, time);
    }

    private void array(SampleBatch out, Result result, double[] lines, StatusCode status, long time) {
        wasTold.put(result, true);
        out.addObject(row(result), lines, status, time, time);
    }
}
