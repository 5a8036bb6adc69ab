package org.uatwin.plcadapters.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.AddressException;
import org.uatwin.informationmodel.plant.ConnectionSettings;
import org.uatwin.informationmodel.plant.Keys;
import org.uatwin.informationmodel.plant.PointAddress;
import org.uatwin.informationmodel.plant.ProtocolSyntax;
import org.uatwin.informationmodel.plant.Secret;
import org.uatwin.informationmodel.plant.Settings;
import org.uatwin.informationmodel.type.EnumText;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.plcadapters.payload.Field;

/** What a plant file may say about MQTT. */
final class MqttSyntax implements ProtocolSyntax {
    private static final Set<String> SCHEMES = Set.of("mqtt", "mqtts", "ws", "wss");
    private static final String PLACEHOLDER = "write {id} or another placeholder where the topics of twins differ.";

    @Override
    public List<String> names() {
        return List.of("mqtt");
    }

    @Override
    public Keys connectionKeys() {
        return MqttKeys.CONNECTION;
    }

    @Override
    public Optional<Keys> deviceKeys() {
        return Optional.of(MqttKeys.DEVICE);
    }

    @Override
    public Keys pointKeys() {
        return MqttKeys.POINT;
    }

    @Override
    public boolean isPolled() {
        return false;
    }

    @Override
    public String linkType() {
        return "MqttLink";
    }

    @Override
    public String deviceType() {
        return "MqttDevice";
    }

    @Override
    public ConnectionSettings connection(Settings s) {
        URI url = url(s);
        boolean isClean = s.bool("cleanSession");
        String clientId = s.text("clientId").orElse("");
        if (!isClean && clientId.isEmpty()) {
            s.error(
                    "cleanSession",
                    "a session that lasts needs a clientId",
                    "The broker knows it by that name.",
                    "add clientId, unique at the broker.");
        }
        Optional<Secret> password = s.secret("password");
        if (password.isPresent() && !s.has("user")) {
            s.error("password", "a password without a user", "", "add user.");
        }
        Duration first = Duration.ofMillis(500);
        Duration largest = Duration.ofSeconds(10);
        Optional<? extends Settings> backOff = s.section("backOff");
        if (backOff.isPresent()) {
            first = backOff.get().duration("first");
            largest = backOff.get().duration("largest");
            if (largest.compareTo(first) < 0) {
                backOff.get()
                        .error(
                                "largest",
                                "the largest back-off is below the first",
                                "",
                                "make largest at least first.");
            }
        }
        List<String> subscribe = s.texts("subscribe");
        for (String filter : subscribe) {
            Topics.problemOfFilter(filter)
                    .ifPresent(p -> s.error("subscribe", p, "", "write a filter such as plant/+/status or plant/#."));
        }
        MqttSettings settings = new MqttSettings(
                url,
                switch (s.choice("version")) {
                    case "5" -> MqttSettings.Version.V5;
                    case "3.1.1" -> MqttSettings.Version.V3;
                    default -> MqttSettings.Version.AUTO;
                },
                clientId,
                s.text("user"),
                password,
                tls(s),
                isClean ? Optional.empty() : Optional.of(s.duration("sessionExpiry")),
                s.duration("keepAlive"),
                s.duration("timeout"),
                first,
                largest,
                List.copyOf(subscribe),
                s.integer("merge"),
                s.integer("queue"),
                topic(s, "statusTopic"),
                id(s, "primaryHost"),
                MessageOptions.DEFAULT.with(s));
        check(s, settings);
        return settings;
    }

    /** The broker a URL names; empty if it names none. */
    static Optional<URI> broker(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (SCHEMES.contains(scheme) && url.getHost() != null && url.getUserInfo() == null) {
                int port = url.getPort() >= 0 ? url.getPort() : defaultPort(scheme);
                String path = scheme.startsWith("ws") ? url.getRawPath() : "";
                return Optional.of(new URI(scheme, null, url.getHost(), port, path, null, null));
            }
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static URI url(Settings s) {
        String text = s.text("url").orElse("");
        Optional<URI> broker = broker(text);
        if (broker.isPresent()) {
            return broker.get();
        }
        if (s.has("url")) {
            s.error(
                    "url",
                    "\"%s\" is no broker".formatted(text),
                    "A URL has mqtt, mqtts, ws or wss, a host and a port; user and password are keys of their own.",
                    "write for example mqtt://broker.local:1883.");
        }
        return URI.create("mqtt://localhost:1883");
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "mqtts" -> 8883;
            case "ws" -> 80;
            case "wss" -> 443;
            default -> 1883;
        };
    }

    private static MqttSettings.Tls tls(Settings s) {
        return new MqttSettings.Tls(s.file("ca"), s.file("certificate"), s.file("key"), s.bool("verifyHost"));
    }

    private static void check(Settings s, MqttSettings settings) {
        MqttSettings.Tls tls = settings.tls();
        for (String key : List.of("ca", "certificate", "key", "verifyHost")) {
            if (s.has(key) && !settings.isTls()) {
                s.error(
                        key,
                        key + " concerns TLS, but the URL has none",
                        "",
                        "use mqtts:// (or wss://), or remove it.");
            }
        }
        if (tls.certificate().isPresent() != tls.key().isPresent() && s.has("certificate") != s.has("key")) {
            s.error(
                    s.has("key") ? "key" : "certificate",
                    "certificate and key belong together",
                    "",
                    "give both, or none.");
        }
        if (settings.isTls()) {
            try {
                TlsFiles.context(tls);
            } catch (TlsFiles.TlsException e) {
                s.error(e.key(), String.valueOf(e.getMessage()), "", e.fix());
            }
        }
        if (settings.password().isPresent() && !settings.isTls() && !isLocal(settings.url())) {
            s.warning("password", "the password travels unencrypted", "", "use mqtts://.");
        }
        if (!settings.statusTopic().isEmpty() && !settings.primaryHost().isEmpty()) {
            s.error(
                    "statusTopic",
                    "a client has one last will only",
                    "primaryHost takes it.",
                    "remove one of the two.");
        }
    }

    private static boolean isLocal(URI url) {
        return Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
    }

    @Override
    public Object device(Settings s, ConnectionSettings connection) {
        MessageOptions options = ((MqttSettings) connection).options().with(s);
        Optional<MqttAddress.Sparkplug> sparkplug = s.section("sparkplug")
                .map(p -> new MqttAddress.Sparkplug(id(p, "group"), id(p, "node"), id(p, "device")));
        Optional<MqttDevice.Availability> availability = s.section("availability")
                .map(a -> new MqttDevice.Availability(
                        topic(a, "topic"),
                        a.text("online").orElse("online"),
                        a.text("offline").orElse("offline")));
        if (sparkplug.isPresent()) {
            for (String key : List.of("availability", "prefix")) {
                if (s.has(key)) {
                    s.error(
                            key,
                            key + " does not go with sparkplug",
                            "Births and deaths say whether it is there.",
                            "remove it.");
                }
            }
        }
        return new MqttDevice(s.text("prefix").orElse(""), availability, sparkplug, options);
    }

    private static String topic(Settings s, String key) {
        String topic = s.text(key).orElse("");
        if (s.has(key)) {
            Topics.problemOfName(topic).ifPresent(p -> s.error(key, p, "", "write the one topic it is."));
        }
        return topic;
    }

    private static String id(Settings s, String key) {
        String id = s.text(key).orElse("");
        if (id.matches(".*[/+#].*")) {
            s.error(key, "\"%s\" is no Sparkplug id".formatted(id), "", "an id has no /, + or #.");
        }
        return id;
    }

    @Override
    public PointAddress address(AddressRequest request) {
        MqttSettings connection = (MqttSettings) request.connection();
        MqttDevice device = request.device() instanceof MqttDevice d ? d : null;
        Settings s = request.options();
        MessageOptions options = (device == null ? connection.options() : device.options()).with(s);
        double scale = s.number("scale").orElse(1);
        double offset = s.number("offset").orElse(0);
        Member.Point point = request.point();
        if (scale == 0) {
            s.error("scale", "a scale of 0 makes every value the same", "", "write the factor, for example 0.1.");
            scale = 1;
        }
        if ((scale != 1 || offset != 0) && !point.dataType().isNumeric()) {
            s.error(
                    s.has("scale") ? "scale" : "offset",
                    point.name() + " is no number",
                    "",
                    "remove scale and offset.");
        }
        if (device != null && device.sparkplug().isPresent()) {
            return metric(request, device.sparkplug().get(), options, scale, offset);
        }
        Target target = target(request.text(), device);
        if (point.isArray() && !(target.field() instanceof Field.Json)) {
            throw new AddressException(
                    "\"%s\": %s is an array, a plain value or column is not".formatted(request.text(), point.name()),
                    "",
                    "name a JSON list: topic#/pointer.");
        }
        return new MqttAddress(
                target.topic(),
                target.field(),
                options,
                scale,
                offset,
                states(point),
                command(request, device),
                Optional.empty());
    }

    /** The texts of a multi-state point in every language: devices often send those and not the numbers. */
    private static Map<String, Long> states(Member.Point point) {
        Map<String, Long> states = new HashMap<>();
        for (EnumText state : point.enumTexts()) {
            for (String text : state.text().byLocale().values()) {
                states.put(text.toLowerCase(Locale.ROOT), state.value());
            }
        }
        return Map.copyOf(states);
    }

    private static PointAddress metric(
            AddressRequest request, MqttAddress.Sparkplug node, MessageOptions options, double scale, double offset) {
        Settings s = request.options();
        for (String key :
                List.of("command", "payload", "commandQos", "commandRetained", "confirm", "time", "quality")) {
            if (s.has(key)) {
                s.error(
                        key,
                        key + " does not concern Sparkplug",
                        "Commands, times and quality are part of it.",
                        "remove it.");
            }
        }
        if (request.point().isArray()) {
            throw new AddressException(
                    "%s is an array".formatted(request.point().name()),
                    "Arrays of Sparkplug are not read.",
                    "bind a scalar.");
        }
        if (request.text().isBlank()) {
            throw new AddressException("the name of the metric is empty", "", "write it as the device's birth does.");
        }
        Optional<MqttAddress.Command> command = request.point().isWritable()
                ? Optional.of(new MqttAddress.Command("", "", 0, false, "", Field.WHOLE, confirmMs(s)))
                : Optional.empty();
        return new MqttAddress(
                request.text(),
                Field.WHOLE,
                options,
                scale,
                offset,
                states(request.point()),
                command,
                Optional.of(node));
    }

    private static long confirmMs(Settings s) {
        return s.duration("confirmTimeout").toMillis();
    }

    /** A topic and a field in its payload. */
    private record Target(String topic, Field field) {}

    private static Target target(String text, @Nullable MqttDevice device) {
        int hash = text.indexOf('#');
        String topic = (device == null ? "" : device.prefix()) + (hash < 0 ? text : text.substring(0, hash));
        Optional<String> problem = hash > 0 && text.charAt(hash - 1) == '/' && hash == text.length() - 1
                ? Optional.of("\"%s\" is a filter; it names many topics, not one".formatted(text))
                : Topics.problemOfName(topic);
        if (problem.isPresent()) {
            throw new AddressException(problem.get(), "A point has the values of one topic.", PLACEHOLDER);
        }
        try {
            return new Target(topic, hash < 0 ? Field.WHOLE : Field.parse(text.substring(hash + 1)));
        } catch (IllegalArgumentException e) {
            throw new AddressException(
                    "\"%s\": %s".formatted(text, e.getMessage()),
                    "Behind # stands a JSON Pointer (RFC 6901) or the number of a column.",
                    "write for example topic#/values/flow or topic#3.");
        }
    }

    private static Optional<MqttAddress.Command> command(AddressRequest request, @Nullable MqttDevice device) {
        Settings s = request.options();
        Member.Point point = request.point();
        if (!s.has("command")) {
            if (point.isWritable()) {
                throw new AddressException(
                        "%s is writable, but nothing says where new values go".formatted(point.name()),
                        "",
                        "write {address: %s, command: TOPIC}.".formatted(request.text()));
            }
            for (String key : List.of("payload", "commandQos", "commandRetained", "confirm", "confirmTimeout")) {
                if (s.has(key)) {
                    s.error(key, key + " without command", "", "add command: and the topic, or remove it.");
                }
            }
            return Optional.empty();
        }
        if (!point.isWritable() || point.isArray()) {
            s.error(
                    "command",
                    "%s cannot be written".formatted(point.name()),
                    point.isArray() ? "Arrays are not sent." : "Its type does not say writable: true.",
                    "remove command, or change the twin type.");
            return Optional.empty();
        }
        String payload = s.text("payload").orElse("$value");
        if (!payload.contains("$value")) {
            s.error(
                    "payload",
                    "\"%s\" does not hold the value".formatted(payload),
                    "",
                    "write $value where it belongs.");
        }
        String topic =
                (device == null ? "" : device.prefix()) + s.text("command").orElse("");
        Topics.problemOfName(topic).ifPresent(p -> s.error("command", p, "", "write the one topic it is."));
        Optional<Target> confirm = s.text("confirm").map(text -> target(text, device));
        return Optional.of(new MqttAddress.Command(
                topic,
                payload,
                Integer.parseInt(s.choice("commandQos")),
                s.bool("commandRetained"),
                confirm.map(Target::topic).orElse(""),
                confirm.map(Target::field).orElse(Field.WHOLE),
                confirmMs(s)));
    }
}
