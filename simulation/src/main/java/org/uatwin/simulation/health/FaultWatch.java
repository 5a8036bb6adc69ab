package org.uatwin.simulation.health;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.detection.TwinDetector;
import org.uatwin.simulation.estimation.AssetFollower;
import org.uatwin.simulation.estimation.Signature;

/**
 * The diagnosis of one twin over time: it keeps what faults would look like from when the asset ran well, and, while an alarm stands,
 * what was found, even when protection has stopped the asset since. One thread at a time, that of follower and detector.
 */
public final class FaultWatch {
    private static final long REFRESH = 6_000_000_000L; // ticks: ten minutes

    private final AssetFollower follower;
    private final TwinDetector detector;
    private final List<FailureMode> modes;
    private List<Signature> signatures = List.of();
    private List<Signature> next =
            List.of(); // not of a moment at which a fault had begun, if no alarm stands by the next look
    private long made = Long.MIN_VALUE;
    private @Nullable FaultReport remembered;

    /** @param modes failure modes of the follower's model. */
    public FaultWatch(AssetFollower follower, TwinDetector detector, List<FailureMode> modes) {
        this.follower = follower;
        this.detector = detector;
        this.modes = List.copyOf(modes);
    }

    /** Looks; about once a minute, and when an alarm begins. */
    public FaultReport look() {
        refresh();
        FaultReport found = FaultDiagnosis.of(follower, detector, modes, signatures);
        if (!detector.isAlarm()) {
            remembered = null;
            return found;
        }
        FaultReport before = remembered;
        boolean isBetter = before == null
                || (!found.candidates().isEmpty()
                        && (detector.isRunning() || before.candidates().isEmpty()));
        if (found.isAvailable() && isBetter) {
            remembered = found;
            return found;
        }
        return before == null ? found : before;
    }

    private void refresh() {
        if (!detector.isRunning() || (detector.isAlarm() && !signatures.isEmpty())) {
            next = List.of();
            return;
        }
        if (!next.isEmpty()) {
            signatures = next;
            next = List.of();
        }
        boolean isOld = made == Long.MIN_VALUE || detector.time() - made > REFRESH;
        if (isOld) {
            next = follower.signatures();
            made = next.isEmpty() ? made : detector.time();
            signatures = signatures.isEmpty() ? next : signatures;
        }
    }
}
