package org.uatwin.informationmodel.plant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;

/** Reads connections and addresses of the protocols of a {@link ProtocolCatalog}. */
final class FieldReader {
    private FieldReader() {}

    /** A device read: its name and what the protocol made of its keys. */
    record ReadDevice(String name, Section section) {}

    /** The connection, and what twins may name in it: its devices, and itself unless it has a single device. */
    static void connection(
            String name,
            ProtocolSyntax syntax,
            Section s,
            Map<String, PollGroup> groups,
            List<ReadDevice> devices,
            Connections result) {
        ConnectionSettings settings = syntax.connection(s);
        Keys pointKeys = SettingKeys.point(syntax);
        Map<String, Connections.Field> sources = new LinkedHashMap<>();
        if (devices.size() != 1) {
            sources.put(name, new Connections.Field(syntax, pointKeys, name, settings, null, groups));
        }
        Map<String, FieldConnection.Device> read = new LinkedHashMap<>();
        for (ReadDevice d : devices) {
            var device = new FieldConnection.Device(name, d.name(), syntax.device(d.section(), settings));
            if (read.put(d.name(), device) == null) {
                sources.put(device.label(), new Connections.Field(syntax, pointKeys, name, settings, device, groups));
            }
        }
        result.add(
                new FieldConnection(
                        name,
                        s.text("protocol", syntax.names().get(0)),
                        settings,
                        List.copyOf(read.values()),
                        List.copyOf(groups.values()),
                        syntax.linkType(),
                        syntax.deviceType()),
                sources);
    }

    /**
     * The binding of a point; null with a finding if its address cannot be.
     *
     * @param options the point's section; null if the address stands alone.
     */
    static @Nullable Binding bind(
            Member.Point point,
            String text,
            Yaml at,
            @Nullable Section options,
            Section.Context context,
            Template.Scope scope,
            String subject,
            Connections.Field source,
            Optional<PollGroup> group) {
        Section given = options != null
                ? options
                : Section.unchecked(
                        context,
                        source.pointKeys(),
                        new Yaml.Mapping(at.file(), at.line(), at.column(), List.of(), 1),
                        scope,
                        subject);
        try {
            FieldConnection.Device device = source.device();
            PointAddress address = source.syntax()
                    .address(new ProtocolSyntax.AddressRequest(
                            text, given, point, source.settings(), device == null ? null : device.settings()));
            return new Binding.Field(source.connection(), device == null ? "" : device.name(), group, address);
        } catch (AddressException e) {
            context.findings()
                    .error(context.spot(at, scope), subject, e.text())
                    .detail(e.detail())
                    .fix(e.fix());
            return null;
        }
    }
}
