package org.uatwin.simulation.health;

import java.util.List;
import org.uatwin.informationmodel.type.Text;

/**
 * The condition of an asset at one moment. Immutable.
 *
 * @param time ticks of the assessment.
 * @param score health index, 100 as new, 0 failed: that of the weakest part, not a mean. -1 if it is not available.
 * @param health device health by NE 107.
 * @param findings what takes from the score or decides the device health, the worst first.
 * @param text in a sentence or two.
 * @param unavailable why there is no score; empty if there is one.
 */
public record HealthAssessment(
        long time, double score, DeviceHealth health, List<Finding> findings, Text text, Text unavailable) {
    public HealthAssessment {
        findings = List.copyOf(findings);
    }

    /** Whether there is a score. */
    public boolean isAvailable() {
        return unavailable.isEmpty();
    }

    /** What was looked at. */
    public enum Aspect {
        MODE,
        DAMAGE,
        RESIDUALS,
        LIFE,
        LIMITS,
        VIBRATION,
        SENSOR,
        MODEL
    }

    /**
     * One thing found.
     *
     * @param subject failure mode, point or parameter.
     * @param score what the health index would be if this were all; 100 if it takes nothing.
     * @param health what the device health would be.
     */
    public record Finding(Aspect aspect, String subject, double score, DeviceHealth health, Text text) {}
}
