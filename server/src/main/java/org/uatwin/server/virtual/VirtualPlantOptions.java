package org.uatwin.server.virtual;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.uatwin.server.virtual.fault.FaultSchedule;

/**
 * How a virtual plant runs.
 *
 * @param ports port by connection; 0 or absent: a free one.
 * @param brokers broker by MQTT connection, if devices are to publish to another than the plant file's or our own.
 * @param physics how values move that are to move otherwise than by themselves.
 * @param speed simulated seconds in one of the wall clock; infinite: as fast as possible.
 * @param step simulated time between two values of every point.
 * @param length simulated time after which it ends; empty: until it is closed.
 * @param clock read once: the wall clock time of simulated second 0.
 * @param truth file of the ground truth; empty: none is kept.
 */
public record VirtualPlantOptions(
        InetAddress address,
        Map<String, Integer> ports,
        Map<String, URI> brokers,
        Physics physics,
        long seed,
        double speed,
        Duration step,
        Optional<Duration> length,
        FaultSchedule faults,
        Optional<Path> truth,
        InstantSource clock) {
    public VirtualPlantOptions {
        ports = Map.copyOf(ports);
        brokers = Map.copyOf(brokers);
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0: " + speed);
        }
        if (step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("step must be above 0: " + step);
        }
    }
}
