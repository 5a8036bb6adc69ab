package org.uatwin.plcadapters.opcua;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.AddressException;
import org.uatwin.informationmodel.plant.ConnectionSettings;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.plant.Keys;
import org.uatwin.informationmodel.plant.PointAddress;
import org.uatwin.informationmodel.plant.ProtocolSyntax;
import org.uatwin.informationmodel.plant.Secret;
import org.uatwin.informationmodel.plant.SettingKeys;
import org.uatwin.informationmodel.plant.Settings;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.Protocol;
import org.uatwin.plcadapters.loop.LoopLink;

/** {@code protocol: opcua}: another OPC UA server as a source of points. */
public final class OpcUaProtocol implements Protocol, ProtocolSyntax {
    private static final double DAY = 86_400;
    private static final int HOLD_INTERVALS = 3;
    private static final String NUMERIC_RANGE = "\\d{1,9}(:\\d{1,9})?";

    @Override
    public List<String> names() {
        return List.of("opcua");
    }

    @Override
    public Optional<ProtocolSyntax> syntax() {
        return Optional.of(this);
    }

    @Override
    public Keys connectionKeys() {
        return Keys.of(
                "opcua connection",
                SettingKeys.text("url", "", "the server's endpoint, opc.tcp://host:port/path")
                        .required(),
                SettingKeys.choice(
                        "securityPolicy",
                        "",
                        "the one security policy to use; without it the strongest the server offers, never None",
                        UpstreamPolicy.names()),
                SettingKeys.choice(
                        "securityMode",
                        "SignAndEncrypt",
                        "whether messages are signed only or encrypted as well; without meaning for None",
                        "Sign",
                        "SignAndEncrypt"),
                SettingKeys.text("user", "", "user to log on as; without it the session is anonymous"),
                SettingKeys.secret("password", "the user's password"),
                SettingKeys.duration(
                        "publishingInterval", 0.01, DAY, "500 ms", "how often the server sends what has changed"),
                SettingKeys.duration(
                        "samplingInterval",
                        0,
                        DAY,
                        "",
                        "how often the server looks at a value, 0 ms for every change it knows; without it the publishing"
                                + " interval"),
                SettingKeys.integer(
                        "queueSize", 1, 100_000, "10", "values the server keeps of each point between two publishes"),
                SettingKeys.choice(
                        "trigger",
                        "StatusValue",
                        "what makes the server send: a change of status or value, or a newer source time alone as well",
                        "StatusValue",
                        "StatusValueTimestamp"),
                SettingKeys.bool("discardOldest", true, "whether a full queue loses its oldest value or its newest"),
                SettingKeys.duration(
                        "holdTime",
                        0,
                        DAY,
                        "",
                        "how long values stay usable after the server was heard last; without it three publishing intervals"),
                SettingKeys.duration(
                        "keepAlive",
                        0.1,
                        3_600,
                        "5 s",
                        "longest silence when nothing changes; twice as long without a word and the link is down"),
                SettingKeys.duration("timeout", 0.1, 600, "5 s", "longest wait for one answer"),
                SettingKeys.duration("maxBackOff", 0.1, 3_600, "10 s", "longest wait between two attempts to connect"));
    }

    @Override
    public Optional<Keys> deviceKeys() {
        return Optional.empty();
    }

    @Override
    public Keys pointKeys() {
        return Keys.of(
                "opcua point",
                SettingKeys.duration("samplingInterval", 0, DAY, "", "as of the connection, for this point alone"),
                SettingKeys.integer("queueSize", 1, 100_000, "", "as of the connection, for this point alone"),
                SettingKeys.number("deadband", "", "changes up to this size are not sent, in the unit of the point"),
                SettingKeys.text("element", "", "element of an upstream array, 3, or elements, 0:9"));
    }

    @Override
    public boolean isPolled() {
        return false;
    }

    @Override
    public ConnectionSettings connection(Settings s) {
        String url = s.text("url").orElse("");
        if (s.has("url")) {
            checkUrl(s, url);
        }
        Optional<UpstreamPolicy> policy = UpstreamPolicy.named(s.choice("securityPolicy"));
        Optional<String> user = s.text("user").filter(name -> !name.isEmpty());
        Optional<Secret> password = s.secret("password");
        if (password.isPresent() && user.isEmpty()) {
            s.error("password", "a password without a user", "", "add user:, or remove the password.");
        }
        if (user.isPresent() && !s.has("password")) {
            s.error("user", "a user without a password", "", "add password: ${file:...} or ${env:...}.");
        }
        if (policy.filter(p -> !p.isSecure()).isPresent() && s.has("securityMode")) {
            s.error(
                    "securityMode",
                    "securityMode has no meaning with None",
                    "",
                    "remove it, or choose another policy.");
        }
        Duration publishing = s.duration("publishingInterval");
        return new UpstreamSettings(
                url,
                policy,
                s.choice("securityMode").equals("Sign"),
                user,
                password,
                publishing,
                s.optionalDuration("samplingInterval").orElse(publishing),
                s.integer("queueSize"),
                s.bool("discardOldest"),
                s.choice("trigger").equals("StatusValueTimestamp"),
                s.optionalDuration("holdTime").orElse(publishing.multipliedBy(HOLD_INTERVALS)),
                s.duration("keepAlive"),
                s.duration("timeout"),
                s.duration("maxBackOff"));
    }

    private static void checkUrl(Settings s, String url) {
        String problem = "";
        try {
            URI uri = new URI(url);
            if (!"opc.tcp".equalsIgnoreCase(uri.getScheme())) {
                problem = "The scheme must be opc.tcp; others are not supported.";
            } else if (uri.getHost() == null) {
                problem = "There is no host in it.";
            } else if (uri.getUserInfo() != null) {
                problem = "Users do not belong into it.";
            }
        } catch (URISyntaxException e) {
            problem = "It is no URL: %s.".formatted(e.getReason());
        }
        if (!problem.isEmpty()) {
            s.error(
                    "url",
                    "\"%s\" is no endpoint of an OPC UA server".formatted(url),
                    problem,
                    "write opc.tcp://host:port/path as the server's documentation names it.");
        }
    }

    @Override
    public PointAddress address(AddressRequest request) {
        NodeName node = NodeName.parse(request.text());
        Settings options = request.options();
        if (!node.hasUri() && node.namespaceIndex() > 1) {
            options.warning(
                    "address",
                    "namespace index %d may mean another namespace after the server's next restart"
                            .formatted(node.namespaceIndex()),
                    "",
                    "name the namespace by its URI: nsu=<uri>;%s".formatted(node.identifier()));
        }
        String element = options.text("element").orElse("");
        if (!element.isEmpty() && (!element.matches(NUMERIC_RANGE) || isReversed(element))) {
            options.error(
                    "element",
                    "\"%s\" is no range of elements".formatted(element),
                    "",
                    "write one index from 0, or first:last with the first smaller.");
            element = "";
        }
        double deadband = options.number("deadband").orElse(0);
        if (!(deadband >= 0 && Double.isFinite(deadband))) {
            options.error("deadband", "a deadband of %s".formatted(deadband), "", "write 0 or a positive number.");
            deadband = 0;
        }
        if (deadband > 0 && !request.point().dataType().isNumeric()) {
            throw new AddressException(
                    "%s is no number, a deadband has no meaning for it"
                            .formatted(request.point().name()),
                    "",
                    "remove deadband.");
        }
        if (request.point().isWritable() && request.point().isArray() && !element.isEmpty()) {
            throw new AddressException(
                    "%s is written, but mirrors a part of an upstream array"
                            .formatted(request.point().name()),
                    "A range of a range cannot be written.",
                    "mirror the whole array, or single elements.");
        }
        return new UpstreamAddress(
                node,
                options.optionalDuration("samplingInterval"),
                options.has("queueSize") ? options.integer("queueSize") : 0,
                deadband,
                element);
    }

    private static boolean isReversed(String range) {
        int colon = range.indexOf(':');
        return colon > 0 && Integer.parseInt(range.substring(0, colon)) >= Integer.parseInt(range.substring(colon + 1));
    }

    @Override
    public Link open(LinkOpening opening) {
        UpstreamSettings settings = (UpstreamSettings) ((FieldConnection) opening.connection()).settings();
        return new LoopLink("opcua", opening, host -> new UpstreamLoop(opening, settings, host));
    }
}
