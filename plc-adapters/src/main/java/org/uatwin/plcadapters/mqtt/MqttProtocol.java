package org.uatwin.plcadapters.mqtt;

import java.util.Optional;
import org.uatwin.informationmodel.plant.ProtocolSyntax;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.Protocol;
import org.uatwin.plcadapters.adapter.ReplayLink;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.adapter.TrafficSource;

/** MQTT 5 and 3.1.1, with Sparkplug B, as adapter. */
public final class MqttProtocol implements Protocol {
    private final ProtocolSyntax syntax = new MqttSyntax();

    @Override
    public Optional<ProtocolSyntax> syntax() {
        return Optional.of(syntax);
    }

    @Override
    public Link open(LinkOpening opening) {
        return MqttLink.open(opening);
    }

    @Override
    public Optional<ReplayLink> replay(LinkOpening opening, TrafficSource traffic, ReplayTime time) {
        return Optional.of(MqttReplay.open(opening, traffic, time));
    }
}
