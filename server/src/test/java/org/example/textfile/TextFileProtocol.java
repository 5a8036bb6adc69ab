package org.example.textfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.AddressException;
import org.uatwin.informationmodel.plant.ConnectionSettings;
import org.uatwin.informationmodel.plant.Keys;
import org.uatwin.informationmodel.plant.PointAddress;
import org.uatwin.informationmodel.plant.ProtocolSyntax;
import org.uatwin.informationmodel.plant.SettingKeys;
import org.uatwin.informationmodel.plant.Settings;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.Protocol;

/** {@code protocol: text-file}: what it may say in the plant file, and how a connection is opened. */
public final class TextFileProtocol implements Protocol, ProtocolSyntax {
    /** What became of the keys of a connection. */
    record FileSettings(Path path) implements ConnectionSettings {
        @Override
        public String endpoint() {
            return path.toString();
        }
    }

    /** The name before the equals sign. */
    record LineAddress(String name) implements PointAddress {
        @Override
        public String label() {
            return "line " + name;
        }
    }

    @Override
    public List<String> names() {
        return List.of("text-file");
    }

    @Override
    public Optional<ProtocolSyntax> syntax() {
        return Optional.of(this);
    }

    @Override
    public Keys connectionKeys() {
        return Keys.of(
                "text-file connection",
                SettingKeys.text("path", "", "the file, relative to where uatwin runs")
                        .required());
    }

    @Override
    public Optional<Keys> deviceKeys() {
        return Optional.empty();
    }

    @Override
    public Keys pointKeys() {
        return Keys.of("text-file point");
    }

    @Override
    public boolean isPolled() {
        return true;
    }

    @Override
    public ConnectionSettings connection(Settings settings) {
        return new FileSettings(Path.of(settings.text("path").orElse("")));
    }

    @Override
    public PointAddress address(AddressRequest request) {
        if (!request.text().matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new AddressException(
                    "\"%s\" is no name of a line".formatted(request.text()),
                    "Names have letters, digits and _, and begin with a letter.",
                    "write what stands before the equals sign.");
        }
        if (!request.point().dataType().isNumeric() || request.point().isArray()) {
            throw new AddressException(
                    "%s is no number".formatted(request.point().name()),
                    "",
                    "bind numbers only; lines hold nothing else.");
        }
        return new LineAddress(request.text());
    }

    @Override
    public Link open(LinkOpening opening) {
        return new TextFileLink(opening);
    }
}
