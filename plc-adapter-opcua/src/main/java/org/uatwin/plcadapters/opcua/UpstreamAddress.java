package org.uatwin.plcadapters.opcua;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.PointAddress;

/**
 * A variable of the upstream server and how it is monitored.
 *
 * @param samplingInterval empty for the connection's; zero for every change the server knows.
 * @param queueSize values the server keeps between two publishes; 0 for the connection's.
 * @param deadband changes up to this size are not sent, in the unit of the value; 0 for none.
 * @param element the elements of an array that are mirrored, as an OPC UA NumericRange; empty for the whole value.
 */
record UpstreamAddress(
        NodeName node, Optional<Duration> samplingInterval, int queueSize, double deadband, String element)
        implements PointAddress {
    /** A range of one element arrives as an array of one (Part 4, 7.27); it is meant as a single value. */
    Object unwrapped(Object value) {
        boolean isSingle = !element.isEmpty() && element.indexOf(':') < 0;
        return isSingle && value instanceof List<?> one && one.size() == 1 ? one.get(0) : value;
    }

    @Override
    public String label() {
        return element.isEmpty() ? node.toString() : node + "[" + element + "]";
    }
}
