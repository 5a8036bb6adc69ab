package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.AddressParser.Address;
import org.uatwin.informationmodel.plant.AddressParser.FormatDefaults;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;

/** Reads where one point comes from: an address text, a section with an address, or a constant. */
final class BindingReader {
    private final Section.Context context;
    private final Connections connections;
    private final AddressParser addresses = new AddressParser();
    private final IdentityHashMap<Connections.Device, Map<Integer, FormatDefaults>> defaults = new IdentityHashMap<>();

    /**
     * What the twin says for all its points.
     *
     * @param device null if it names none (or a wrong one, then with a finding).
     * @param base what offsets count from.
     */
    record Surroundings(
            Connections.@Nullable Source device, @Nullable PollGroup group, Base base, boolean isDeviceBroken) {}

    /** What the offsets of a twin's addresses count from, by table. */
    record Base(int coil, int discrete, int input, int holding) {
        static final Base NONE = new Base(0, 0, 0, 0);

        int of(ModbusTable table) {
            return switch (table) {
                case COIL -> coil;
                case DISCRETE_INPUT -> discrete;
                case INPUT_REGISTER -> input;
                case HOLDING_REGISTER -> holding;
            };
        }
    }

    BindingReader(Section.Context context, Connections connections) {
        this.context = context;
        this.connections = connections;
    }

    /**
     * The binding of {@code point}; null with a finding if it cannot be.
     *
     * @param isConverted whether the numbers are changed after they are read, so that their range says nothing.
     */
    @Nullable
    Binding read(
            Member.Point point,
            Yaml node,
            Template.Scope scope,
            String twinId,
            Surroundings around,
            boolean isFirst,
            boolean isConverted) {
        if (node instanceof Yaml.Scalar scalar) {
            Connections.Source source = around.device();
            if (source == null) {
                if (!around.isDeviceBroken()) {
                    noDevice(node, scope, twinId + "/" + point.name());
                }
                return null;
            }
            Optional<String> text = evaluate(scalar, scope, twinId, point);
            if (text.isEmpty()) {
                return null;
            }
            if (source instanceof Connections.Field field) {
                Optional<PollGroup> group = Optional.ofNullable(around.group()).or(field::firstGroup);
                return FieldReader.bind(
                        point, text.get(), node, null, context, scope, twinId + "/" + point.name(), field, group);
            }
            Connections.Device device = (Connections.Device) source;
            WordOrder order = device.order();
            boolean isManual = device.isManual();
            FormatDefaults plain = defaults.computeIfAbsent(device, k -> new HashMap<>())
                    .computeIfAbsent(
                            Math.max(1, point.arrayLength()),
                            count -> new FormatDefaults(order, false, isManual, "", count, 1, 0));
            return bind(
                    point,
                    text.get(),
                    plain,
                    device,
                    group(around, device),
                    around.base(),
                    node,
                    scope,
                    twinId,
                    isConverted);
        }
        String subject = twinId + "/" + point.name();
        Keys keys = source(node, scope, subject, around) instanceof Connections.Field field
                ? field.pointKeys()
                : Keys.BINDING;
        Optional<Section> found = isFirst || !(node instanceof Yaml.Mapping mapping)
                ? Section.of(context, keys, node, scope, subject)
                : Optional.of(Section.unchecked(context, keys, mapping, scope, subject));
        return found.map(s -> section(point, s, twinId, around, isConverted)).orElse(null);
    }

    /** What a point's section reads from, without a finding: its own device, else the twin's. */
    private Connections.@Nullable Source source(Yaml node, Template.Scope scope, String subject, Surroundings around) {
        if (node instanceof Yaml.Mapping mapping && mapping.get("device") instanceof Yaml.Scalar own) {
            return context.evaluate(own, scope, subject)
                    .map(connections::source)
                    .orElse(null);
        }
        return around.device();
    }

    private Optional<String> evaluate(Yaml.Scalar scalar, Template.Scope scope, String twinId, Member.Point point) {
        if (!scalar.hasPlaceholder() && !Secrets.mayHaveReference(scalar.text())) {
            return Optional.of(scalar.text());
        }
        return context.evaluate(scalar, scope, twinId + "/" + point.name());
    }

    private static PollGroup group(Surroundings around, Connections.Device device) {
        PollGroup group = around.group();
        return group == null ? device.defaultGroup() : group;
    }

    private void noDevice(Yaml node, Template.Scope scope, String subject) {
        context.findings()
                .error(context.spot(node, scope), subject, "an address, but the twin names no device")
                .fix(
                        connections.labels().isEmpty()
                                ? "declare a connection with a device, then device: connection/device."
                                : "add device: %s to the twin."
                                        .formatted(connections.labels().get(0)));
    }

    private @Nullable Binding section(
            Member.Point point, Section s, String twinId, Surroundings around, boolean isConverted) {
        if (s.has("value") == s.has("address")) {
            s.error("address", s.has("value") ? "both address and value are given" : "neither address nor value")
                    .fix("give an address, or a value for a constant, or an expression.");
            return null;
        }
        if (s.has("value")) {
            return Constants.read(point, s);
        }
        Connections.Source source = around.device();
        PollGroup group = around.group();
        if (s.has("device")) {
            source = findDevice(s, "device");
            group = null;
            if (source == null) {
                return null;
            }
        }
        if (source == null) {
            if (!around.isDeviceBroken()) {
                noDevice(s.at("address"), s.scope(), s.subject());
            }
            return null;
        }
        if (!source.groups().isEmpty() && s.has("poll")) {
            group = findGroup(s, source);
        }
        Optional<String> address = s.text("address");
        if (address.isEmpty()) {
            return null;
        }
        if (source instanceof Connections.Field field) {
            Optional<PollGroup> polled = Optional.ofNullable(group).or(field::firstGroup);
            return FieldReader.bind(
                    point, address.get(), s.at("address"), s, context, s.scope(), s.subject(), field, polled);
        }
        Connections.Device device = (Connections.Device) source;
        double scale = s.number("scale").orElse(1);
        if (scale == 0) {
            s.error("scale", "a scale of 0 makes every value the same").fix("write the factor, for example 0.1.");
            return null;
        }
        FormatDefaults own = new FormatDefaults(
                ConnectionReader.order(s, "order", device.order()),
                s.has("order"),
                device.isManual(),
                s.text("type", ""),
                Math.max(1, point.arrayLength()),
                scale,
                s.number("offset").orElse(0));
        return bind(
                point,
                address.get(),
                own,
                device,
                group == null ? device.defaultGroup() : group,
                s.has("device") ? Base.NONE : around.base(),
                s.at("address"),
                s.scope(),
                twinId,
                isConverted);
    }

    private @Nullable Binding bind(
            Member.Point point,
            String text,
            FormatDefaults own,
            Connections.Device device,
            PollGroup group,
            Base base,
            Yaml at,
            Template.Scope scope,
            String twinId,
            boolean isConverted) {
        try {
            Address address = addresses.parse(text, own);
            RegisterFormat format = address.format().format();
            int offset = address.offset() + base.of(address.table());
            AddressParser.checkEnd(address.table(), offset, format, address.isManual());
            PointFit.check(point, format, address.table(), text, isConverted);
            Optional<String> odd = isConverted ? Optional.empty() : PointFit.rangeAdvice(point, format);
            odd.ifPresent(advice -> context.findings()
                    .warning(context.spot(at, scope), twinId + "/" + point.name(), advice)
                    .detail(point.euRange().map(BindingReader::rangeText).orElse(""))
                    .fix("check type, scale and offset against the device manual."));
            return new Binding.Modbus(device.device(), group, format, address.table(), offset);
        } catch (AddressException e) {
            context.findings()
                    .error(context.spot(at, scope), twinId + "/" + point.name(), e.text())
                    .detail(e.detail())
                    .fix(e.fix());
            return null;
        }
    }

    private static String rangeText(Range range) {
        return "The point's euRange is %s..%s.".formatted(Section.plain(range.low()), Section.plain(range.high()));
    }

    /** The device a key names; null with a finding if there is none. */
    Connections.@Nullable Source findDevice(Section s, String key) {
        Optional<String> label = s.text(key);
        if (label.isEmpty()) {
            return null;
        }
        Connections.Source device = connections.source(label.get());
        if (device == null) {
            s.error(key, "unknown device \"%s\"".formatted(label.get()))
                    .detail("Devices are named connection/device.")
                    .fix(Nearest.advice(label.get(), connections.labels()));
        }
        return device;
    }

    /** The poll group the key {@code poll} names; the default with a finding if there is none. */
    @Nullable
    PollGroup findGroup(Section s, Connections.Source source) {
        Optional<String> name = s.text("poll");
        PollGroup group = name.map(source.groups()::get).orElse(null);
        if (group == null && source.groups().isEmpty()) {
            s.error("poll", "%s is not polled".formatted(source.label()))
                    .fix("remove poll; its values arrive when they are sent.");
        } else if (group == null) {
            name.ifPresent(
                    n -> s.error("poll", "connection %s has no poll group \"%s\"".formatted(source.connection(), n))
                            .fix(Nearest.advice(n, source.groups().keySet())));
        }
        return group == null ? source.firstGroup().orElse(null) : group;
    }
}
