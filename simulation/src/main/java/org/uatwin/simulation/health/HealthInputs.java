package org.uatwin.simulation.health;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.vibration.VibrationCondition;

/**
 * What an assessment looks at; what is not there is null or empty.
 *
 * @param time of the assessment, {@link org.uatwin.informationmodel.value.UaTime} ticks.
 * @param mode the asset is in; null if nobody says.
 * @param following how the twin follows it.
 * @param detection what is unusual.
 * @param damage how far failure modes have come.
 * @param life what remains.
 * @param sharpestPoint worst of the points' own limits.
 * @param vibration what is believed of the asset's bearings and housings.
 * @param limits from where on maintenance is required.
 */
public record HealthInputs(
        long time,
        @Nullable OperatingMode mode,
        @Nullable Synchronisation following,
        @Nullable Detection detection,
        List<DamageLevel> damage,
        @Nullable Life life,
        @Nullable PointLimit sharpestPoint,
        List<VibrationCondition> vibration,
        HealthLimits limits) {
    public HealthInputs {
        damage = List.copyOf(damage);
        vibration = List.copyOf(vibration);
    }

    /** Nothing is known yet. */
    public static HealthInputs at(long time) {
        return new HealthInputs(time, null, null, null, List.of(), null, null, List.of(), HealthLimits.defaults());
    }

    public HealthInputs with(OperatingMode now) {
        return new HealthInputs(time, now, following, detection, damage, life, sharpestPoint, vibration, limits);
    }

    public HealthInputs with(Synchronisation now) {
        return new HealthInputs(time, mode, now, detection, damage, life, sharpestPoint, vibration, limits);
    }

    public HealthInputs with(Detection now) {
        return new HealthInputs(time, mode, following, now, damage, life, sharpestPoint, vibration, limits);
    }

    public HealthInputs withDamage(List<DamageLevel> now) {
        return new HealthInputs(time, mode, following, detection, now, life, sharpestPoint, vibration, limits);
    }

    public HealthInputs with(Life now) {
        return new HealthInputs(time, mode, following, detection, damage, now, sharpestPoint, vibration, limits);
    }

    public HealthInputs with(PointLimit now) {
        return new HealthInputs(time, mode, following, detection, damage, life, now, vibration, limits);
    }

    public HealthInputs with(HealthLimits now) {
        return new HealthInputs(time, mode, following, detection, damage, life, sharpestPoint, vibration, now);
    }

    public HealthInputs withVibration(List<VibrationCondition> now) {
        return new HealthInputs(time, mode, following, detection, damage, life, sharpestPoint, now, limits);
    }

    /**
     * Remaining useful life.
     *
     * @param medianHours and lowerHours: of the prognosis.
     * @param dominantMode failure mode that most likely ends it; empty if unknown.
     */
    public record Life(double medianHours, double lowerHours, String dominantMode) {}

    /**
     * A point against a limit of its own, such as a vibration zone or an alarm limit.
     *
     * @param share of the way from its usual value to the limit; 1 at the limit.
     * @param isAlarm whether the limit is one at which the asset must not run on.
     */
    public record PointLimit(String point, double share, boolean isAlarm) {}
}
