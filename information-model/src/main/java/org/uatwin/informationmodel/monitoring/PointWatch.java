package org.uatwin.informationmodel.monitoring;

import java.util.Optional;

/** What is watched of one point. */
public record PointWatch(Optional<Wear> wear, Optional<PointDetection> detection) {
    public static final PointWatch NONE = new PointWatch(Optional.empty(), Optional.empty());

    public boolean isEmpty() {
        return wear.isEmpty() && detection.isEmpty();
    }
}
