package org.uatwin.server.virtual.fault;

import org.uatwin.plcadapters.device.Transit;
import org.uatwin.simulation.network.PacketChannel;

/** The fault {@code network} at work: one channel for all it was put on. Packets come from the threads of connections. */
public final class NetworkEffects implements Transit {
    private static final double PER_SECOND = 1e3; // of milliseconds, and of kbit

    private final PacketChannel channel; // guarded by this

    /** @param order of the kind {@link FaultKind#NETWORK}. */
    public NetworkEffects(FaultOrder order, long seed) {
        channel = new PacketChannel(
                new PacketChannel.Settings(
                        order.get("delay") / PER_SECOND,
                        order.get("jitter") / PER_SECOND,
                        order.get("shape"),
                        order.get("p"),
                        order.get("r"),
                        order.get("h"),
                        order.get("reorder"),
                        order.get("rate") * PER_SECOND),
                seed);
    }

    @Override
    public synchronized Passage next(int bytes, double nowSeconds) {
        double delay = channel.next(bytes, nowSeconds);
        boolean isOvertaken = channel.mayBeOvertaken();
        return Double.isNaN(delay) ? new Passage(true, 0, false) : new Passage(false, delay, isOvertaken);
    }

    /** Packets so far. */
    public synchronized long packets() {
        return channel.packets();
    }

    /** {@code packets=120 lost=4 meanDelay=31.2}, the delay in milliseconds. */
    public synchronized String account() {
        return "packets=%d lost=%d meanDelay=%s"
                .formatted(
                        channel.packets(),
                        channel.lost(),
                        FaultOrder.number(Math.round(channel.meanDelaySeconds() * 1e5) / 100.0));
    }
}
