package org.uatwin.demobroker;

import java.io.IOException;
import java.net.InetAddress;
import org.uatwin.plcadapters.device.Broker;

/** Found on the class path by {@link Broker#onClassPath}. */
public final class DemoBrokerFactory implements Broker.Factory {
    @Override
    public Broker start(InetAddress address, int port) throws IOException {
        return DemoBroker.start(address, port);
    }
}
