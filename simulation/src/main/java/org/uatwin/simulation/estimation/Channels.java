package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.OutputSpec;

/** The points of a model in an order: inputs, measured outputs, the rest; and what was last read of each. Owned with its estimator. */
final class Channels {
    final List<String> points = new ArrayList<>();
    final int[] ofInput; // -1 if no point carries it
    final int firstOutput;
    final int[] outputs; // of the description, by measured output
    final int state; // channel of the operating mode; -1 if there is none
    private final double[] latest;
    private final long[] latestTime;
    private final SampleQuality[] latestQuality;

    Channels(ModelDescription description) {
        ofInput = new int[description.inputs().size()];
        for (int i = 0; i < ofInput.length; i++) {
            String point = description.inputs().get(i).linkedPoint();
            ofInput[i] = point == null ? -1 : points.size();
            if (point != null) {
                points.add(point);
            }
        }
        firstOutput = points.size();
        outputs = measuredOutputs(description);
        for (int output : outputs) {
            points.add(pointOf(description.outputs().get(output)));
        }
        int found = -1;
        for (OutputSpec spec : description.outputs()) {
            String point = spec.linkedPoint();
            if (point != null && !points.contains(point)) {
                found = spec.name().equals("State") ? points.size() : found;
                points.add(point);
            }
        }
        state = found;
        latest = new double[points.size()];
        latestTime = new long[points.size()];
        latestQuality = new SampleQuality[points.size()];
        Arrays.fill(latestQuality, SampleQuality.BAD);
        Arrays.fill(latestTime, Long.MIN_VALUE);
    }

    /** Outputs with a point and an accuracy. */
    static int[] measuredOutputs(ModelDescription description) {
        List<Integer> measured = new ArrayList<>();
        for (int i = 0; i < description.outputs().size(); i++) {
            OutputSpec spec = description.outputs().get(i);
            if (spec.linkedPoint() != null
                    && (spec.accuracy().relative() > 0 || spec.accuracy().floor() > 0)) {
                measured.add(i);
            }
        }
        return measured.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String pointOf(OutputSpec spec) {
        String point = spec.linkedPoint();
        return point == null ? spec.name() : point;
    }

    /** Points that are predicted. */
    List<String> predicted() {
        return List.copyOf(points.subList(firstOutput, firstOutput + outputs.length));
    }

    /** Time of the newest sample of a channel. */
    long latestTime(int channel) {
        return latestTime[channel];
    }

    /** Takes what a step brought. */
    void take(StepWindow.Row row) {
        for (int c = 0; c < latest.length; c++) {
            if (row.time[c] > latestTime[c]) {
                latest[c] = row.value[c];
                latestTime[c] = row.time[c];
                latestQuality[c] = row.quality[c];
            }
        }
    }

    /** Whether a step brought a usable measurement. */
    boolean hasMeasurement(StepWindow.Row row) {
        for (int j = 0; j < outputs.length; j++) {
            if (!Double.isNaN(row.value[firstOutput + j]) && row.quality(firstOutput + j) != SampleQuality.BAD) {
                return true;
            }
        }
        return false;
    }

    /** What was last read of every point. */
    LiveState readings(long now) {
        Map<String, LiveReading> readings = new HashMap<>();
        for (int c = 0; c < latest.length; c++) {
            if (latestTime[c] != Long.MIN_VALUE) {
                double age = Math.max(0, UaTime.secondsBetween(latestTime[c], now));
                readings.put(points.get(c), new LiveReading(latest[c], latestQuality[c] == SampleQuality.GOOD, age));
            }
        }
        return LiveState.of(readings);
    }
}
