package org.uatwin.server.virtual;

import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.plcadapters.device.Transit;
import org.uatwin.server.virtual.fault.FaultOrder;

/**
 * The far end of one connection of the plant: its devices, on sockets of loopback. All methods on the stepping thread
 * but {@link #endpoint}.
 */
interface VirtualField extends AutoCloseable {
    /** Name of the connection. */
    String connection();

    /** Where it listens, for example {@code 127.0.0.1:40123}. */
    Endpoint endpoint();

    /**
     * The place of a point; empty if it is not one of this connection.
     *
     * @param treatment what is done to its values behind the wire.
     * @param startTicks UaTime at which the run begins.
     */
    Optional<Outlet> outlet(Binding binding, Member.Point point, Treatment treatment, long startTicks);

    /** Says which points there are, once, before the first step. */
    void attach(List<VirtualPoint> points);

    /** Hands over what masters wrote since the last time. */
    void takeWrites();

    /** Sends what is due, after every point has put out its value. */
    default void publish(double now) {
        // who is polled sends nothing by himself
    }

    /** Why its devices cannot have that fault; empty if they can. */
    default Optional<String> objection(FaultOrder order) {
        return Optional.empty();
    }

    /** Something to tell people about it; empty if there is nothing. */
    default String note() {
        return "";
    }

    /** Makes the wire behave by these faults of its devices and connection, the latest last. */
    void misbehave(List<FaultOrder> faults);

    /**
     * The way of a device's packets from now on.
     *
     * @param device one of {@link #devices}, or empty for points that name the connection alone.
     */
    default void transit(String device, Transit transit) {}

    /** Names of the devices behind it. */
    List<String> devices();

    @Override
    void close();
}
