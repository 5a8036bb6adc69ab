package org.uatwin.server.synchronisation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.PointScale;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.detection.DetectorSettings;
import org.uatwin.simulation.detection.TwinDetector;
import org.uatwin.simulation.estimation.AssetFollower;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.estimation.EstimatorSettings;
import org.uatwin.simulation.estimation.Followable;
import org.uatwin.simulation.estimation.SampleQuality;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.health.FaultWatch;

/** One twin with its estimator. Any thread: whoever uses the estimator holds this object's lock. */
final class Followed {
    private static final String STATE = "State";

    final TwinInstance instance;
    final List<String> channels;
    private final PointScale[] scales; // by channel; SAME where the point has no place
    private final List<String> predicted;
    final List<Source> sources; // by channel
    private final String definition;
    private final AssetFollower estimator; // guarded by this, as the fields below
    private final @Nullable TwinDetector detector;
    private final @Nullable FaultWatch faults;
    private @Nullable Synchronisation report;

    /**
     * One twin.
     *
     * @param twins by id: the parts whose points the model reads.
     */
    Followed(
            TwinInstance instance,
            Followable followable,
            EstimatorSettings settings,
            Function<String, @Nullable TwinInstance> twins) {
        this.instance = instance;
        estimator = followable.follower(settings);
        detector = instance.twin().isWatched() ? detector(followable, settings) : null;
        List<FailureMode> modes =
                followable.model().map(TwinModel::failureModes).orElse(List.of());
        faults = detector == null ? null : new FaultWatch(estimator, detector, modes);
        if (detector != null) {
            estimator.watch(detector);
        }
        channels = estimator.channels();
        predicted = estimator.predictedPoints();
        sources = channels.stream().map(c -> Source.of(instance, c, twins)).toList();
        scales = new PointScale[channels.size()];
        for (int c = 0; c < scales.length; c++) {
            scales[c] = PointScale.of(
                    sources.get(c).point(), followable.description().unitOfPoint(channels.get(c)));
        }
        definition = definition(instance, followable, sources);
    }

    private TwinDetector detector(Followable followable, EstimatorSettings settings) {
        double pace = followable.model().map(TwinModel::pace).orElse(1.0);
        double step = settings.atPace(pace).stepSeconds();
        return new TwinDetector(
                estimator.predictedPoints(),
                followable.description().inputs().size(),
                step,
                DetectorSettings.defaults().forSteps(step, pace));
    }

    /** Where a channel comes from: a point of the twin or, as {@code <part>/<Point>}, of a part; -1 if there is no such point. */
    record Source(TwinInstance twin, int ordinal) {
        static Source of(TwinInstance instance, String channel, Function<String, @Nullable TwinInstance> twins) {
            int slash = channel.indexOf('/');
            TwinInstance part = slash < 0 ? instance : twins.apply(channel.substring(0, slash));
            return part == null
                    ? new Source(instance, -1)
                    : new Source(part, part.type().pointOrdinal(channel.substring(slash + 1)));
        }

        Member.@Nullable Point point() {
            return ordinal < 0 ? null : twin.type().points().get(ordinal);
        }

        @Nullable
        Binding binding() {
            return ordinal < 0 ? null : twin.binding(ordinal);
        }

        ValueType dataType() {
            return twin.type().points().get(ordinal).dataType();
        }

        /** Whether something is measured there. */
        boolean isMeasured() {
            Member.Point member = point();
            Binding bound = binding();
            return member != null && bound != null && !(bound instanceof Binding.Constant) && !member.isArray();
        }
    }

    /** What an estimate depends on beside the readings: another type, model, parameters or source make another twin. */
    private static String definition(TwinInstance instance, Followable followable, List<Source> sources) {
        StringBuilder text = new StringBuilder();
        text.append(instance.type().name())
                .append('/')
                .append(instance.type().version())
                .append(' ')
                .append(followable.description().versionText())
                .append(' ')
                .append(Arrays.toString(followable.parameters()));
        for (Source source : sources) {
            Binding bound = source.binding();
            text.append(' ').append(bound == null ? "-" : bound.label());
        }
        return text.toString();
    }

    /** Whether anything the model predicts is measured. */
    boolean isMeasured() {
        return predicted.stream()
                .anyMatch(point -> sources.get(channels.indexOf(point)).isMeasured());
    }

    synchronized void offer(int channel, double value, SampleQuality quality, long time) {
        estimator.offer(channel, scales[channel].toModel(value), quality, time);
    }

    synchronized void advance(long now) {
        estimator.advance(now);
        report = null;
    }

    synchronized Synchronisation report() {
        Synchronisation made = report;
        if (made == null) {
            made = inPointUnits(estimator.report());
            report = made;
        }
        return made;
    }

    /** What is predicted of points, as these show it. */
    private Synchronisation inPointUnits(Synchronisation s) {
        List<Synchronisation.Output> outputs = new ArrayList<>();
        for (int j = 0; j < s.outputs().size(); j++) {
            PointScale scale = scales[channels.indexOf(predicted.get(j))];
            Synchronisation.Output o = s.outputs().get(j);
            outputs.add(o.scaled(scale.toPoint(o.expected()), 1 / scale.factor()));
        }
        return s.with(outputs);
    }

    /** What is unusual and what explains it; empty if nobody watches. */
    synchronized Optional<Observation> observe() {
        TwinDetector watching = detector;
        FaultWatch faults = this.faults;
        return watching == null || faults == null
                ? Optional.empty()
                : Optional.of(new Observation(
                        estimator.report(),
                        estimator.estimate(),
                        watching.report(),
                        faults.look(),
                        watching.points(),
                        channels.contains(STATE)));
    }

    /** Whether something unusual stands. */
    synchronized boolean isAlarm() {
        return detector != null && detector.isAlarm();
    }

    /** A damage state is something else now: the part was replaced or repaired. */
    synchronized boolean renew(String state, double level, double sigma) {
        boolean isThere = estimator.renew(state, level, sigma);
        report = null;
        return isThere;
    }

    /** Does something with the detector, if there is one. */
    synchronized void withDetector(Consumer<TwinDetector> task) {
        if (detector != null) {
            task.accept(detector);
        }
    }

    /** The same as it concerns one part; null if nothing of the part is predicted. */
    @Nullable
    Synchronisation reportOf(String part) {
        Synchronisation whole = report();
        List<Synchronisation.Output> own = new ArrayList<>();
        for (Synchronisation.Output output : whole.outputs()) {
            if (output.point().startsWith(part + "/")) {
                own.add(output.named(output.point().substring(part.length() + 1)));
            }
        }
        return own.isEmpty() ? null : whole.with(own);
    }

    synchronized Optional<Estimate> estimate() {
        return estimator.estimate();
    }

    /** What it has learnt, with the definition it was learnt under; empty while that is nothing. */
    synchronized byte[] save() {
        return defined(estimator.save());
    }

    /** The same of its detector. */
    synchronized byte[] saveDetector() {
        return detector == null ? new byte[0] : defined(detector.save());
    }

    private byte[] defined(byte[] learnt) {
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
        byte[] learnt = undefined(saved);
        return learnt != null && estimator.restore(learnt);
    }

    /** Takes up what {@link #saveDetector} wrote. */
    synchronized boolean restoreDetector(byte[] saved) {
        byte[] learnt = undefined(saved);
        return learnt != null && detector != null && detector.restore(learnt);
    }

    private byte @Nullable [] undefined(byte[] saved) {
        byte[] name = definition.getBytes(StandardCharsets.UTF_8);
        int from = Integer.BYTES + name.length;
        if (saved.length < from
                || ByteBuffer.wrap(saved).getInt() != name.length
                || !Arrays.equals(saved, Integer.BYTES, from, name, 0, name.length)) {
            return null;
        }
        return Arrays.copyOfRange(saved, from, saved.length);
    }
}
