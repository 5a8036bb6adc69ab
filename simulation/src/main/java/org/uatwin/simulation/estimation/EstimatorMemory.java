package org.uatwin.simulation.estimation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/** What an estimator has learnt, apart from the process itself: it outlives a restart and a gap in the data. */
final class EstimatorMemory {
    private static final int FORMAT = 1;
    private static final int MOST = 4096;

    private EstimatorMemory() {}

    /** The content; arrays are not shared with a running estimator. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(
            String model,
            double[] configured,
            double[] parameters,
            List<Integer> chosen,
            double[] state,
            double[] variances,
            double[] damageLimit,
            long runningSteps,
            long chosenSteps,
            boolean isCalibrated,
            double[] calibrated,
            double[] calibratedDamage,
            double[] calibratedVariance,
            double[] lower,
            double[] upper) {
        /** Wear is what it was; a start from readings takes it anew. */
        void keepDamage(ModelDescription description, double[] x, double[] xVariances) {
            for (int i = 0; i < x.length; i++) {
                if (description.states().get(i).kind() == StateSpec.Kind.DAMAGE) {
                    x[i] = state[i];
                    xVariances[i] = variances[i];
                }
            }
        }

        /** A part is another one. */
        void renew(int i, double level, double sigma) {
            state[i] = level;
            variances[i] = variances[i] > 0 ? sigma * sigma : 0;
            damageLimit[i] = Double.NEGATIVE_INFINITY; // until it is calibrated anew
        }

        /** Puts places, offsets and wear into a follower that was just started from readings. */
        void into(Follower follower, ChangeWatch watch) {
            AugmentedModel m = follower.model;
            for (int i = m.nx; i < m.n; i++) {
                follower.filter.z[i] = state[i];
                follower.filter.p[i * m.n + i] = variances[i];
            }
            System.arraycopy(damageLimit, 0, follower.damageLimit, 0, damageLimit.length);
            follower.forgetSteps();
            if (isCalibrated) {
                for (int i = 0; i < m.n; i++) {
                    follower.leastVariance[i] = Calibration.LEAST_VARIANCE * calibratedVariance[i];
                }
                watch.calibrate(follower);
            }
        }
    }

    static byte[] write(Content c, OutputRecord[] records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(c.model);
            out.writeInt(c.chosen.size());
            for (int one : c.chosen) {
                out.writeInt(one);
            }
            out.writeLong(c.runningSteps);
            out.writeLong(c.chosenSteps);
            out.writeBoolean(c.isCalibrated);
            for (double[] each : List.of(
                    c.configured,
                    c.parameters,
                    c.state,
                    c.variances,
                    c.damageLimit,
                    c.calibrated,
                    c.calibratedDamage,
                    c.calibratedVariance,
                    c.lower,
                    c.upper)) {
                write(out, each);
            }
            double[] all = new double[records.length * OutputRecord.SAVED];
            int at = 0;
            for (OutputRecord record : records) {
                at = record.save(all, at);
            }
            write(out, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    /** The content, or null if it belongs to another model, other parameters, or is damaged. */
    static @Nullable Content read(
            byte[] saved, TwinModel model, double[] configured, int candidates, OutputRecord[] records) {
        ModelDescription description = model.description();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != FORMAT || !in.readUTF().equals(description.versionText())) {
                return null;
            }
            int count = in.readInt();
            if (count < 0 || count > candidates) {
                return null;
            }
            List<Integer> chosen = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int one = in.readInt();
                if (one < 0 || one >= candidates || chosen.contains(one)) {
                    return null;
                }
                chosen.add(one);
            }
            long runningSteps = in.readLong();
            long chosenSteps = in.readLong();
            boolean isCalibrated = in.readBoolean();
            double[] was = read(in);
            Content content = new Content(
                    description.versionText(),
                    was,
                    read(in),
                    chosen,
                    read(in),
                    read(in),
                    read(in),
                    runningSteps,
                    chosenSteps,
                    isCalibrated,
                    read(in),
                    read(in),
                    read(in),
                    read(in),
                    read(in));
            double[] all = read(in);
            int n = AugmentedModel.length(model, count, records.length);
            boolean isFitting = Arrays.equals(was, configured)
                    && content.parameters.length == configured.length
                    && content.state.length == n
                    && content.variances.length == n
                    && content.damageLimit.length == description.states().size()
                    && content.calibratedDamage.length == description.states().size()
                    && (!isCalibrated || (content.calibrated.length == count && content.calibratedVariance.length == n))
                    && content.lower.length == description.inputs().size()
                    && content.upper.length == content.lower.length
                    && all.length == records.length * OutputRecord.SAVED;
            if (!isFitting) {
                return null;
            }
            int at = 0;
            for (OutputRecord record : records) {
                at = record.restore(all, at);
            }
            return content;
        } catch (IOException e) {
            return null; // cut short or not ours: the twin learns anew
        }
    }

    private static double[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST) {
            throw new IOException("no length: " + length);
        }
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }
}
