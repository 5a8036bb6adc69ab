package org.uatwin.plcadapters.s7;

import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.ConnectionSettings;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.plant.Keys;
import org.uatwin.informationmodel.plant.PointAddress;
import org.uatwin.informationmodel.plant.ProtocolSyntax;
import org.uatwin.informationmodel.plant.SettingKeys;
import org.uatwin.informationmodel.plant.Settings;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.Protocol;
import org.uatwin.plcadapters.loop.LoopLink;

/** {@code protocol: s7}: Siemens S7-300, 400, 1200, 1500 and LOGO! over TCP. */
public final class S7Protocol implements Protocol, ProtocolSyntax {
    private static final String TSAP = "(?i)[0-9a-f]{1,2}\\.?[0-9a-f]{2}";

    @Override
    public List<String> names() {
        return List.of("s7");
    }

    @Override
    public Optional<ProtocolSyntax> syntax() {
        return Optional.of(this);
    }

    @Override
    public Keys connectionKeys() {
        return Keys.of(
                "s7 connection",
                SettingKeys.text("host", "", "name or address of the CPU or its communication module")
                        .required(),
                SettingKeys.integer("port", 1, 65_535, "102", "TCP port"),
                SettingKeys.integer("rack", 0, 7, "0", "rack of the CPU"),
                SettingKeys.integer(
                        "slot", 0, 31, "1", "slot of the CPU: 1 for S7-1200 and 1500, 2 for S7-300, 2 or 3 for S7-400"),
                SettingKeys.choice(
                        "connectionType",
                        "PG",
                        "which of its connections the CPU gives away: PG (programming device), OP (panel) or basic",
                        "PG",
                        "OP",
                        "basic"),
                SettingKeys.text("localTsap", "", "own TSAP in hexadecimal, such as 01.00; replaces the usual one"),
                SettingKeys.text(
                        "remoteTsap",
                        "",
                        "TSAP of the CPU in hexadecimal, such as 02.00 for LOGO!; replaces rack and slot"),
                SettingKeys.integer(
                        "pduSize",
                        240,
                        960,
                        "240",
                        "bytes of a message to plan with: 240, 480 or 960, as the CPU grants"),
                SettingKeys.duration("timeout", 0.1, 600, "2 s", "longest wait for an answer"),
                SettingKeys.duration("maxBackOff", 0.5, 3_600, "10 s", "longest wait between two attempts to connect"));
    }

    @Override
    public Optional<Keys> deviceKeys() {
        return Optional.empty();
    }

    @Override
    public Keys pointKeys() {
        return Keys.of("s7 point");
    }

    @Override
    public boolean isPolled() {
        return true;
    }

    @Override
    public ConnectionSettings connection(Settings s) {
        String host = s.text("host").orElse("");
        if (host.contains("/") || host.contains(" ") || host.contains("?")) {
            s.error(
                    "host",
                    "\"%s\" is no host name or address".formatted(host),
                    "",
                    "write the name or address alone, without protocol, port or path.");
        }
        int remote = tsap(s, "remoteTsap");
        for (String key : List.of("rack", "slot", "connectionType")) {
            if (remote >= 0 && s.has(key)) {
                s.error(key, "%s beside remoteTsap".formatted(key), "The TSAP says all of it.", "remove one of them.");
            }
        }
        return new S7Settings(
                host,
                s.integer("port"),
                s.integer("rack"),
                s.integer("slot"),
                s.choice("connectionType"),
                tsap(s, "localTsap"),
                remote,
                s.integer("pduSize"),
                s.duration("timeout"),
                s.duration("maxBackOff"));
    }

    private static int tsap(Settings s, String key) {
        Optional<String> text = s.text(key).filter(t -> !t.isEmpty());
        if (text.isPresent() && !text.get().matches(TSAP)) {
            s.error(
                    key,
                    "\"%s\" is no TSAP".formatted(text.get()),
                    "",
                    "write two bytes in hexadecimal, such as 02.00.");
            return -1;
        }
        return text.map(t -> Integer.parseInt(t.replace(".", ""), 16)).orElse(-1);
    }

    @Override
    public PointAddress address(AddressRequest request) {
        return S7AddressParser.parse(request.text(), request.point());
    }

    @Override
    public Link open(LinkOpening opening) {
        S7Settings settings = (S7Settings) ((FieldConnection) opening.connection()).settings();
        return new LoopLink(
                "s7",
                opening,
                host -> new S7Loop(
                        opening,
                        settings,
                        new Plc4xWire(settings, opening.environment().threads()),
                        host));
    }
}
