package org.uatwin.informationmodel.plant;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;

/**
 * What a plant file may say about one protocol. Keys are declared as data ({@link SettingKeys}): reader, JSON Schema and
 * reference page derive from them, and an unknown key is an error that names the nearest one.
 *
 * <p>The reading methods run on the thread that reads the file. They report what is wrong through {@link Settings} or
 * an {@link AddressException} and then go on with a default, so that one run finds everything; a plant with errors is
 * never used.
 */
public interface ProtocolSyntax {
    /** Values of {@code protocol:} it stands for, at least one. */
    List<String> names();

    /** Keys of the connection beside {@code protocol}, {@code pollGroups} and {@code devices}, which are everyone's. */
    Keys connectionKeys();

    /** Keys of a device; empty if a connection has no devices. Devices are optional: twins may name the connection. */
    Optional<Keys> deviceKeys();

    /** Keys of a point's section beside those everyone's points have: address, value, device, condition and the like. */
    Keys pointKeys();

    /** Whether points are read by period, in poll groups; false for what the field sends by itself. */
    boolean isPolled();

    /** Twin type that shows a connection's state; one of the library or of {@link #types()}. */
    default String linkType() {
        return "FieldLink";
    }

    /** Twin type that shows a device's state; one of the library or of {@link #types()}. */
    default String deviceType() {
        return "FieldDevice";
    }

    /** Further twin types for its links and devices, written as below {@code types:} of a plant file; or empty. */
    default String types() {
        return "";
    }

    /** Reads a connection. */
    ConnectionSettings connection(Settings settings);

    /** Reads a device of that connection; the result is immutable, with equals by content and no secrets in toString. */
    default Object device(Settings settings, ConnectionSettings connection) {
        throw new UnsupportedOperationException(names() + " have no devices");
    }

    /**
     * Reads the address of a point and checks that the point can take what comes from there.
     *
     * @throws AddressException if it is none: what is wrong, why, and what to write instead.
     */
    PointAddress address(AddressRequest request);

    /**
     * An address to be read.
     *
     * @param text as written, placeholders filled in.
     * @param options the point's further keys ({@link #pointKeys()}); all absent if the address stands alone.
     * @param point what shall be bound.
     * @param device what {@link #device} made of the device the twin names; null if it names the connection alone.
     */
    record AddressRequest(
            String text,
            Settings options,
            Member.Point point,
            ConnectionSettings connection,
            @Nullable Object device) {}
}
