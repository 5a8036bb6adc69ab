package org.uatwin.plcadapters.mqtt;

import static org.uatwin.informationmodel.plant.SettingKeys.bool;
import static org.uatwin.informationmodel.plant.SettingKeys.choice;
import static org.uatwin.informationmodel.plant.SettingKeys.duration;
import static org.uatwin.informationmodel.plant.SettingKeys.file;
import static org.uatwin.informationmodel.plant.SettingKeys.integer;
import static org.uatwin.informationmodel.plant.SettingKeys.number;
import static org.uatwin.informationmodel.plant.SettingKeys.secret;
import static org.uatwin.informationmodel.plant.SettingKeys.section;
import static org.uatwin.informationmodel.plant.SettingKeys.text;
import static org.uatwin.informationmodel.plant.SettingKeys.texts;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.plant.Keys;

/** The keys of MQTT in the plant file. */
final class MqttKeys {
    private MqttKeys() {}

    private static final Keys BACK_OFF = Keys.of(
            "mqtt backOff",
            duration("first", 0.01, 3600, "500 ms", "wait before the first reconnect"),
            duration("largest", 0.01, 3600, "10 s", "the wait doubles up to this"));

    private static final Keys AVAILABILITY = Keys.of(
            "mqtt availability",
            text("topic", "", "where the device, or its last will, says whether it is there")
                    .required(),
            text("online", "online", "payload that says it is"),
            text("offline", "offline", "payload that says it is not"));

    private static final Keys SPARKPLUG = Keys.of(
            "mqtt sparkplug",
            text("group", "", "group id").required(),
            text("node", "", "edge node id").required(),
            text("device", "", "device id; left out: metrics of the edge node itself"));

    static final Keys CONNECTION = of(
            "mqtt connection",
            true,
            text("url", "", "the broker: `mqtt://host:1883`, `mqtts://host:8883` with TLS, `ws://`, `wss://`")
                    .required(),
            choice(
                    "version",
                    "auto",
                    "of the protocol; auto: 5, and 3.1.1 if the broker refuses it",
                    "auto",
                    "5",
                    "3.1.1"),
            text("clientId", "", "names the session; left out: made anew at each start"),
            text("user", "", "user name"),
            secret("password", "its password"),
            file("ca", "certificates (PEM) that the broker's is checked against; left out: those Java trusts"),
            file("certificate", "our own certificate (PEM, with its chain), if the broker asks for one"),
            file("key", "its private key (PEM, PKCS#8, not encrypted)"),
            bool("verifyHost", true, "whether the broker's certificate must name the host"),
            bool(
                    "cleanSession",
                    true,
                    "false: the broker keeps messages of QoS 1 and 2 while uatwin is away; needs clientId"),
            duration("sessionExpiry", 1, 8_640_000, "1 h", "how long it keeps them (MQTT 5)"),
            duration("keepAlive", 1, 3600, "30 s", "a broker silent for longer is lost"),
            duration("timeout", 0.1, 120, "10 s", "wait for the connection"),
            section("backOff", BACK_OFF, "waits between reconnects"),
            texts("subscribe", "topic filters to subscribe to, instead of those made from the topics"),
            integer(
                    "merge",
                    0,
                    100_000,
                    "20",
                    "so many topics that differ in one level share a filter with `+`; 0: none do"),
            integer(
                    "queue",
                    100,
                    1_000_000,
                    "20000",
                    "messages that may wait; beyond, the oldest are dropped and counted"),
            text("statusTopic", "", "uatwin says `online` there, and its last will `offline`, both retained"),
            text("primaryHost", "", "Sparkplug host id whose STATE uatwin publishes"));

    static final Keys DEVICE = of(
            "mqtt device",
            false,
            text("prefix", "", "put before the addresses of its points, for example `plant/pump-{n}/`"),
            section("availability", AVAILABILITY, "how it says that it is there"),
            section("sparkplug", SPARKPLUG, "it speaks Sparkplug B: addresses are names of metrics"));

    static final Keys POINT = of(
            "mqtt point",
            false,
            number("scale", "1", "the value is multiplied by it; not 0"),
            number("offset", "0", "added after scaling"),
            text("command", "", "topic that takes new values; a writable point needs it (not with Sparkplug)"),
            text(
                    "payload",
                    "$value",
                    "what is sent: `$value`, `$time` (ISO 8601), `$epoch` (ms) are filled in; write `{{` for a brace"),
            choice("commandQos", "1", "QoS of the command", "0", "1", "2"),
            bool("commandRetained", false, "whether the broker keeps the command"),
            text("confirm", "", "address where the device confirms the value; left out: the broker's acknowledgement"),
            duration("confirmTimeout", 0.05, 600, "5 s", "wait for the confirmation"));

    private static Keys of(String name, boolean hasDefaults, Keys.Key... own) {
        List<Keys.Key> keys = new ArrayList<>(List.of(own));
        keys.addAll(MessageOptions.keys(hasDefaults));
        return Keys.of(name, keys.toArray(Keys.Key[]::new));
    }
}
