package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Options of {@code uatwin virtual}.
 *
 * @param plant the plant file.
 * @param data directory for the ports and the ground truth; made when it is missing.
 * @param ports by connection; absent: a free one.
 * @param brokers of MQTT connections, by connection.
 * @param panelPort of the fault panel, 0 for a free one.
 * @param faults schedule of faults.
 * @param physics how values move, if not by themselves.
 * @param seed of everything random.
 * @param speed simulated seconds in a second of the wall clock; infinite: as fast as possible.
 * @param step simulated time between two values.
 * @param length simulated time after which it ends; empty: until it is told to.
 * @param truth file of the ground truth.
 * @param quiet print the {@code ready} line and errors only.
 * @param out where the command prints.
 */
public record VirtualOptions(
        Path plant,
        Path data,
        Map<String, Integer> ports,
        Map<String, URI> brokers,
        int panelPort,
        Optional<Path> faults,
        Optional<Path> physics,
        long seed,
        double speed,
        Duration step,
        Optional<Duration> length,
        Path truth,
        boolean quiet,
        PrintWriter out) {
    public VirtualOptions {
        ports = Map.copyOf(ports);
        brokers = Map.copyOf(brokers);
    }
}
