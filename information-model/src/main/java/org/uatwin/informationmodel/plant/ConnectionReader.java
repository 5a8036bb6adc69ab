package org.uatwin.informationmodel.plant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code connections:} with their poll groups and devices; names of both may be ranges. */
final class ConnectionReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Pattern FORBIDDEN = Pattern.compile("([a-z]+) (\\d{1,5})(?: ?- ?(\\d{1,5}))?");
    private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(1);

    private final Section.Context context;
    private final ProtocolCatalog protocols;
    private final Connections result = new Connections();
    private final Map<String, String> byWire = new HashMap<>();
    private final Map<ProtocolSyntax, Keys> keysOf = new HashMap<>();

    ConnectionReader(Section.Context context, ProtocolCatalog protocols) {
        this.context = context;
        this.protocols = protocols;
    }

    Connections read(List<Yaml.Entry> entries) {
        Set<String> names = new HashSet<>();
        for (Yaml.Entry entry : entries) {
            boolean isFirst = true;
            for (IdRange.Instance instance : instances(entry.key(), Template.Scope.NONE)) {
                if (!names.add(instance.name())) {
                    context.findings()
                            .error(entry.key(), instance.name(), "a second connection of this name")
                            .fix("names of connections are unique; rename one.");
                    continue;
                }
                if (isUninstalled(entry.value(), instance)) {
                    continue;
                }
                ProtocolSyntax syntax = syntax(entry.value(), instance);
                Keys keys = syntax == null ? Keys.CONNECTION : keysOf.computeIfAbsent(syntax, SettingKeys::connection);
                Optional<Section> section = section(keys, entry.value(), instance, instance.name(), isFirst);
                isFirst = false;
                section.ifPresent(s -> {
                    if (syntax == null) {
                        connection(instance.name(), s);
                    } else {
                        field(instance.name(), syntax, s);
                    }
                });
            }
        }
        return result;
    }

    /** The section of one instance; its keys are checked once for all instances of a range. */
    private Optional<Section> section(
            Keys keys, Yaml node, IdRange.Instance instance, String subject, boolean isFirst) {
        if (isFirst) {
            return Section.of(context, keys, node, instance.scope(), subject);
        }
        return node instanceof Yaml.Mapping mapping
                ? Optional.of(Section.unchecked(context, keys, mapping, instance.scope(), subject))
                : Optional.empty();
    }

    /** Whether an entry's protocol is one of the product that is not installed; then with a finding, and nothing else is said of it. */
    private boolean isUninstalled(Yaml node, IdRange.Instance instance) {
        if (!(node instanceof Yaml.Mapping mapping) || !(mapping.get("protocol") instanceof Yaml.Scalar scalar)) {
            return false;
        }
        String protocol =
                context.evaluate(scalar, instance.scope(), instance.name()).orElse("");
        Optional<String> how = protocols.named(protocol).isPresent() ? Optional.empty() : protocols.howToAdd(protocol);
        how.ifPresent(fix -> {
            context.findings()
                    .error(scalar, instance.name(), "the adapter for protocol: %s is not installed".formatted(protocol))
                    .detail("It is an optional part, because its libraries are large.")
                    .fix(fix);
            result.addUninstalled(instance.name());
        });
        return how.isPresent();
    }

    /** The protocol of an entry if it is one of the catalog; null for Modbus and for names nobody knows. */
    private @Nullable ProtocolSyntax syntax(Yaml node, IdRange.Instance instance) {
        return node instanceof Yaml.Mapping mapping && mapping.get("protocol") instanceof Yaml.Scalar scalar
                ? context.evaluate(scalar, instance.scope(), instance.name())
                        .flatMap(protocols::named)
                        .orElse(null)
                : null;
    }

    private void field(String name, ProtocolSyntax syntax, Section s) {
        List<FieldReader.ReadDevice> devices = new ArrayList<>();
        syntax.deviceKeys()
                .ifPresent(keys -> devices(name, s, keys, (device, section) -> {
                    devices.add(new FieldReader.ReadDevice(device, section));
                }));
        Map<String, PollGroup> groups = syntax.isPolled() ? pollGroups(s) : Map.of();
        FieldReader.connection(name, syntax, s, groups, devices, result);
    }

    /** Gives every device below the key {@code devices} with its section; names are unique. */
    private void devices(String connection, Section s, Keys keys, BiConsumer<String, Section> each) {
        Set<String> names = new HashSet<>();
        for (Yaml.Entry entry : s.entries("devices")) {
            boolean isFirst = true;
            for (IdRange.Instance instance : instances(entry.key(), s.scope())) {
                String label = connection + "/" + instance.name();
                Optional<Section> found = section(keys, entry.value(), instance, label, isFirst);
                isFirst = false;
                if (found.isPresent() && !names.add(instance.name())) {
                    context.findings()
                            .error(entry.key(), label, "a second device of this name")
                            .fix("names of devices are unique within their connection; rename one.");
                } else {
                    found.ifPresent(section -> each.accept(instance.name(), section));
                }
            }
        }
    }

    private List<IdRange.Instance> instances(Yaml.Scalar key, Template.Scope outer) {
        List<IdRange.Instance> instances = List.of(new IdRange.Instance(key.text(), outer));
        if (IdRange.isRange(key.text())) {
            try {
                instances = IdRange.parse(key.text()).instances(outer);
            } catch (Template.TemplateException e) {
                context.findings()
                        .error(key, "", String.valueOf(e.getMessage()))
                        .fix("write a range such as plc-{1..20}.");
                return List.of();
            }
        }
        if (!NAME.matcher(instances.get(0).name()).matches()) {
            context.findings()
                    .error(
                            key,
                            "",
                            "\"%s\" is no name".formatted(instances.get(0).name()))
                    .fix("names have letters, digits, - and _, and begin with a letter or digit.");
            return List.of();
        }
        return instances;
    }

    private void connection(String name, Section s) {
        Optional<Transport> transport = transport(s);
        transport.ifPresent(t -> checkWire(name, t, s));
        Duration first = Duration.ofMillis(500);
        Duration largest = Duration.ofSeconds(10);
        Optional<Section> backOff = s.section("backOff");
        if (backOff.isPresent()) {
            first = backOff.get().duration("first");
            largest = backOff.get().duration("largest");
            if (largest.compareTo(first) < 0) {
                backOff.get()
                        .error("largest", "the largest back-off is below the first")
                        .fix("make largest at least first.");
            }
        }
        Map<String, PollGroup> groups = pollGroups(s);
        WordOrder order = order(s, "order", WordOrder.BIG_ENDIAN);
        boolean isManual = s.choice("addressing").equals("manual");
        boolean isMultiDrop = transport.map(Transport::isMultiDrop).orElse(false);
        Map<String, Connections.Device> devices = new LinkedHashMap<>();
        devices(name, s, Keys.DEVICE, (deviceName, d) -> {
            ModbusDevice device = device(name, deviceName, d, isMultiDrop);
            devices.put(device.label(), new Connections.Device(device, order(d, "order", order), isManual, groups));
        });
        if (devices.isEmpty() && s.has("devices")) {
            s.error("devices", "the connection has no device").fix("add one, for example plc: {unit: 1}.");
        }
        result.add(
                new ModbusConnection(
                        name,
                        transport.orElse(new Transport.Tcp("", 502)),
                        s.duration("timeout"),
                        s.integer("tries"),
                        first,
                        largest,
                        s.duration("demotionPeriod"),
                        s.choice("writeMode").equals("latest-only") ? WriteMode.LATEST_ONLY : WriteMode.ALL,
                        devices.values().stream()
                                .map(Connections.Device::device)
                                .toList(),
                        List.copyOf(groups.values())),
                devices);
    }

    private Optional<Transport> transport(Section s) {
        Optional<String> named = s.text("protocol");
        if (named.isPresent() && !Keys.CONNECTION.get("protocol").choices().contains(named.get())) {
            List<String> known = new ArrayList<>(Keys.CONNECTION.get("protocol").choices());
            protocols.protocols().forEach(p -> known.addAll(p.names()));
            s.error("protocol", "protocol: \"%s\" is not one of %s".formatted(named.get(), String.join(", ", known)))
                    .fix(Nearest.advice(named.get(), known));
            return Optional.empty();
        }
        String protocol = s.choice("protocol");
        boolean isSerial = protocol.equals("modbus-rtu");
        for (String key : isSerial
                ? List.of("host", "port")
                : List.of("serialPort", "baudRate", "dataBits", "parity", "stopBits")) {
            if (s.has(key)) {
                s.error(key, "%s does not concern %s".formatted(key, protocol))
                        .fix(isSerial ? "remove it; name serialPort." : "remove it, or set protocol: modbus-rtu.");
            }
        }
        String place = isSerial ? "serialPort" : "host";
        Optional<String> where = s.text(place);
        if (where.isEmpty() && s.has(place)) {
            return Optional.empty(); // it has its finding already
        }
        if (where.isEmpty() || where.get().isBlank()) {
            s.error(place, "%s needs %s".formatted(protocol, place))
                    .fix(
                            isSerial
                                    ? "add serialPort: and the name of the port."
                                    : "add host: and the device's address.");
            return Optional.empty();
        }
        if (!isSerial) {
            int port = s.integer("port");
            if (where.get().contains("/") || where.get().contains(" ")) {
                s.error("host", "\"%s\" is no host name or address".formatted(where.get()))
                        .fix("write the name or address alone, without protocol, port or path.");
            }
            return Optional.of(
                    protocol.equals("modbus-tcp")
                            ? new Transport.Tcp(where.get(), port)
                            : new Transport.RtuOverTcp(where.get(), port));
        }
        if (s.choice("dataBits").equals("7")) {
            s.error("dataBits", "RTU frames need 8 data bits, not 7")
                    .detail("Seven bits belong to Modbus ASCII, which is not supported.")
                    .fix("remove dataBits and set the device to RTU.");
        }
        return Optional.of(new Transport.Serial(
                where.get(),
                Integer.parseInt(s.choice("baudRate")),
                8,
                switch (s.choice("parity")) {
                    case "none" -> Transport.Serial.Parity.NONE;
                    case "odd" -> Transport.Serial.Parity.ODD;
                    default -> Transport.Serial.Parity.EVEN;
                },
                Integer.parseInt(s.choice("stopBits"))));
    }

    private void checkWire(String name, Transport transport, Section s) {
        boolean isSerial = transport instanceof Transport.Serial;
        String wire = transport instanceof Transport.Serial serial
                ? serial.device()
                : transport.label().replace(" (RTU)", "");
        String other = byWire.putIfAbsent(wire, name);
        if (other == null) {
            return;
        }
        String cause = "connection %s uses %s already".formatted(other, wire);
        if (isSerial) {
            s.error("serialPort", cause).fix("a serial port belongs to one connection; put the devices below it.");
        } else {
            s.warning("host", cause)
                    .detail("Many devices take one connection only.")
                    .fix("put the devices of one address below one connection.");
        }
    }

    private Map<String, PollGroup> pollGroups(Section s) {
        Map<String, PollGroup> groups = new LinkedHashMap<>();
        for (Yaml.Entry entry : s.entries("pollGroups")) {
            String name = entry.key().text();
            if (!NAME.matcher(name).matches()) {
                s.findings()
                        .error(entry.key(), s.subject(), "\"%s\" is no name".formatted(name))
                        .fix("names have letters, digits, - and _.");
                continue;
            }
            Optional<Duration> period;
            Optional<Duration> hold = Optional.empty();
            if (entry.value() instanceof Yaml.Mapping) {
                Optional<Section> group =
                        Section.of(context, Keys.POLL_GROUP, entry.value(), s.scope(), s.subject() + "/" + name);
                period = group.flatMap(g -> g.optionalDuration("period"));
                hold = group.flatMap(g -> g.optionalDuration("hold"));
                if (period.isPresent() && hold.isPresent() && hold.get().compareTo(period.get()) < 0) {
                    group.get()
                            .warning("hold", "the hold time is shorter than the period")
                            .detail("Values turn Bad between two good polls.")
                            .fix("make it two periods or more.");
                }
            } else {
                period = s.duration(entry.value(), Keys.POLL_GROUP.get("period"));
            }
            Duration p = period.orElse(DEFAULT_PERIOD);
            groups.put(name, new PollGroup(name, p, hold.orElse(p.multipliedBy(PollGroup.DEFAULT_HOLD_PERIODS))));
        }
        if (groups.isEmpty()) {
            groups.put(
                    "normal",
                    new PollGroup(
                            "normal", DEFAULT_PERIOD, DEFAULT_PERIOD.multipliedBy(PollGroup.DEFAULT_HOLD_PERIODS)));
        }
        return groups;
    }

    private ModbusDevice device(String connection, String name, Section s, boolean isMultiDrop) {
        int unit = s.integer("unit");
        if (isMultiDrop && s.has("unit") && (unit < 1 || unit > 247)) {
            s.error("unit", "unit id must be 1..247 on a serial line: %d".formatted(unit))
                    .detail(unit == 0 ? "0 is the broadcast, which nobody answers." : "248..255 are reserved.")
                    .fix("set the id the device is configured to.");
        }
        DeviceLimits d = DeviceLimits.DEFAULT;
        DeviceLimits limits = s.section("limits")
                .map(l -> new DeviceLimits(
                        l.integer("registersPerRead"),
                        l.integer("bitsPerRead"),
                        l.integer("registersPerWrite"),
                        l.integer("coilsPerWrite"),
                        l.integer("gap"),
                        l.integer("bitGap"),
                        forbidden(l)))
                .orElse(d);
        return new ModbusDevice(connection, name, Math.max(0, unit), limits, s.integer("demoteAfter"));
    }

    private static List<OffsetRange> forbidden(Section s) {
        List<OffsetRange> ranges = new ArrayList<>();
        for (String text : s.texts("forbidden")) {
            Matcher matcher = FORBIDDEN.matcher(text.strip());
            OptionalInt bad = OptionalInt.empty();
            if (matcher.matches()) {
                int first = Integer.parseInt(matcher.group(2));
                int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
                try {
                    ranges.add(new OffsetRange(AddressParser.table(matcher.group(1), text), first, last));
                    continue;
                } catch (AddressException e) {
                    s.error("forbidden", e.text()).fix(e.fix());
                    continue;
                } catch (IllegalArgumentException e) {
                    bad = OptionalInt.of(last);
                }
            }
            s.error("forbidden", "\"%s\" is no range of offsets".formatted(text))
                    .detail(bad.isPresent() ? "Offsets rise within 0..65535." : "")
                    .fix("write table and zero-based offsets, for example holding 100-110.");
        }
        return ranges;
    }

    /** Byte order below a key: letters, or words and bytes; {@code fallback} if absent. */
    static WordOrder order(Section s, String key, WordOrder fallback) {
        Yaml node = s.node(key);
        if (node == null) {
            return fallback;
        }
        if (node instanceof Yaml.Mapping) {
            return s.section(key)
                    .map(o -> WordOrder.of(
                            o.choice("words").equals("reversed"),
                            o.choice("bytes").equals("swapped")))
                    .orElse(fallback);
        }
        Optional<String> letters = s.text(key);
        if (letters.isEmpty()) {
            return fallback;
        }
        try {
            return FormatParser.order(letters.get(), letters.get());
        } catch (AddressException e) {
            s.error(key, e.text()).detail(e.detail()).fix(e.fix());
            return fallback;
        }
    }
}
