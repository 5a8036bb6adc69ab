package org.uatwin.simulation.network;

import org.uatwin.simulation.solver.NoiseStream;

/**
 * A way for packets that loses some in bursts, delays all, and has a capacity. Seeded: the same packets have the same fate. Owned by
 * one thread.
 *
 * <pre>
 * loss     two states, good and bad: from good to bad with p, back with r, at each packet; in bad a packet is lost with h.
 *          Mean loss p h / (p + r), mean burst 1 / r packets (E. N. Gilbert, Bell System Technical Journal 39, 1960; with loss
 *          in one state only)
 * delay    base + gamma jitter of a mean and a shape (Marsaglia and Tsang, ACM TOMS 26, 2000) + 8 bytes / rate, after the packets
 *          that are on the way (one queue, first in first out)
 * </pre>
 */
public final class PacketChannel {
    private final Settings settings;
    private final NoiseStream loss;
    private final NoiseStream jitter;
    private final NoiseStream order;
    private boolean isBad;
    private double busyUntil = Double.NEGATIVE_INFINITY;
    private long packets;
    private long lost;
    private double delaySum;

    /**
     * What a channel is like.
     *
     * @param delaySeconds base of the delay.
     * @param jitterSeconds mean of what is added to it; 0 = none.
     * @param shape of the gamma distribution: 1 exponential, larger narrower.
     * @param toBad p.
     * @param toGood r.
     * @param lossInBad h.
     * @param reorder share of packets that those behind may overtake.
     * @param bitsPerSecond capacity; 0 = without limit.
     */
    public record Settings(
            double delaySeconds,
            double jitterSeconds,
            double shape,
            double toBad,
            double toGood,
            double lossInBad,
            double reorder,
            double bitsPerSecond) {
        public Settings {
            boolean areShares = isShare(toBad) && isShare(toGood) && isShare(lossInBad) && isShare(reorder);
            if (!areShares || !(delaySeconds >= 0 && jitterSeconds >= 0 && shape > 0 && bitsPerSecond >= 0)) {
                throw new IllegalArgumentException("no channel: delay %s, jitter %s, shape %s, p %s, r %s, h %s"
                        .formatted(delaySeconds, jitterSeconds, shape, toBad, toGood, lossInBad));
            }
        }

        private static boolean isShare(double value) {
            return value >= 0 && value <= 1;
        }

        /** Share of packets that is lost in the long run. */
        public double meanLoss() {
            return toBad == 0 ? 0 : toBad / (toBad + toGood) * lossInBad;
        }
    }

    /** A channel in its good state. */
    public PacketChannel(Settings settings, long seed) {
        this.settings = settings;
        NoiseStream root = NoiseStream.ofSeed(seed);
        loss = root.split();
        jitter = root.split();
        order = root.split();
    }

    /**
     * The delay of the next packet in seconds; NaN if it is lost. A lost packet takes its time of the capacity too.
     *
     * @param nowSeconds when it is sent, not before the one before it.
     */
    public double next(int bytes, double nowSeconds) {
        packets++;
        isBad = isBad ? loss.uniform() >= settings.toGood() : loss.uniform() < settings.toBad();
        // Drawn whatever the state, so that one fate never shifts the next.
        boolean isLost = loss.uniform() < settings.lossInBad() && isBad;
        double late = settings.delaySeconds() + gamma();
        if (settings.bitsPerSecond() > 0) {
            busyUntil = Math.max(busyUntil, nowSeconds) + 8.0 * bytes / settings.bitsPerSecond();
            late += busyUntil - nowSeconds;
        }
        if (isLost) {
            lost++;
            return Double.NaN;
        }
        delaySum += late;
        return late;
    }

    /** Whether those behind may overtake the packet that was asked for last. */
    public boolean mayBeOvertaken() {
        return order.uniform() < settings.reorder();
    }

    private double gamma() {
        double mean = settings.jitterSeconds();
        return mean == 0 ? 0 : standardGamma(settings.shape()) * mean / settings.shape();
    }

    private double standardGamma(double shape) {
        if (shape < 1) {
            return standardGamma(shape + 1) * StrictMath.pow(1 - jitter.uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = jitter.gaussian();
            double v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            double u = 1 - jitter.uniform();
            if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** Packets so far. */
    public long packets() {
        return packets;
    }

    /** Packets lost so far. */
    public long lost() {
        return lost;
    }

    /** Mean delay of those that arrived, in seconds. */
    public double meanDelaySeconds() {
        return packets == lost ? 0 : delaySum / (packets - lost);
    }
}
