package org.uatwin.server.synchronisation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.estimation.EstimatorSettings;
import org.uatwin.simulation.estimation.SampleQuality;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.estimation.TwinEstimator;

/** One twin with its estimator. Any thread: whoever uses the estimator holds this object's lock. */
final class Followed {
    final TwinInstance instance;
    final List<String> channels;
    private final String definition;
    private final TwinEstimator estimator; // guarded by this, as the fields below
    private @Nullable Synchronisation report;

    Followed(TwinInstance instance, ModelBinding binding, EstimatorSettings settings) {
        this.instance = instance;
        estimator = new TwinEstimator(binding, settings);
        channels = estimator.channels();
        definition = definition(instance, binding, channels);
    }

    /** What an estimate depends on beside the readings: another type, model, parameters or source make another twin. */
    private static String definition(TwinInstance instance, ModelBinding binding, List<String> channels) {
        StringBuilder text = new StringBuilder();
        text.append(instance.type().name())
                .append('/')
                .append(instance.type().version())
                .append(' ')
                .append(binding.description().versionText())
                .append(' ')
                .append(Arrays.toString(binding.parameters()));
        for (String channel : channels) {
            int ordinal = instance.type().pointOrdinal(channel);
            Binding bound = ordinal < 0 ? null : instance.binding(ordinal);
            text.append(' ').append(bound == null ? "-" : bound.label());
        }
        return text.toString();
    }

    /** Whether anything the model predicts is measured. */
    static boolean isMeasured(TwinInstance instance, ModelBinding binding) {
        for (String point : new TwinEstimator(binding, EstimatorSettings.defaults()).predictedPoints()) {
            int ordinal = instance.type().pointOrdinal(point);
            if (ordinal >= 0) {
                Member.Point member = instance.type().points().get(ordinal);
                Binding bound = instance.binding(ordinal);
                if (bound != null && !(bound instanceof Binding.Constant) && !member.isArray()) {
                    return true;
                }
            }
        }
        return false;
    }

    synchronized void offer(int channel, double value, SampleQuality quality, long time) {
        estimator.offer(channel, value, quality, time);
    }

    synchronized void advance(long now) {
        estimator.advance(now);
        report = null;
    }

    synchronized Synchronisation report() {
        Synchronisation made = report;
        if (made == null) {
            made = estimator.report();
            report = made;
        }
        return made;
    }

    synchronized Optional<Estimate> estimate() {
        return estimator.estimate();
    }

    /** What it has learnt, with the definition it was learnt under; empty while that is nothing. */
    synchronized byte[] save() {
        byte[] learnt = estimator.save();
        if (learnt.length == 0) {
            return learnt;
        }
        byte[] name = definition.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + name.length + learnt.length)
                .putInt(name.length)
                .put(name)
                .put(learnt)
                .array();
    }

    /** Takes up what {@link #save} wrote; false if that was learnt under another definition, or cannot be read. */
    synchronized boolean restore(byte[] saved) {
        byte[] name = definition.getBytes(StandardCharsets.UTF_8);
        int from = Integer.BYTES + name.length;
        if (saved.length < from
                || ByteBuffer.wrap(saved).getInt() != name.length
                || !Arrays.equals(saved, Integer.BYTES, from, name, 0, name.length)) {
            return false;
        }
        return estimator.restore(Arrays.copyOfRange(saved, from, saved.length));
    }
}
