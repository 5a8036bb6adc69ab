package org.uatwin.server.maintenance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.vibration.BearingFault;

/** Waveforms of a twin whose vibration is analysed. Pure functions. */
final class ListenedPoints {
    private ListenedPoints() {}

    private static List<VibrationRule> rules(TwinInstance instance) {
        List<VibrationRule> rules = new ArrayList<>();
        for (int i = 0; instance.twin().isTreated() && i < instance.twin().pointCount(); i++) {
            instance.twin().treatment(i).vibration().ifPresent(rules::add);
        }
        return rules;
    }

    static boolean has(TwinInstance instance) {
        return !rules(instance).isEmpty();
    }

    /** Faults of bearings that they can name. */
    static List<String> modes(TwinInstance instance) {
        boolean hasBearing =
                rules(instance).stream().anyMatch(rule -> rule.bearing().isPresent());
        return hasBearing
                ? Arrays.stream(BearingFault.values())
                        .map(BearingFault::failureMode)
                        .toList()
                : List.of();
    }
}
