package org.uatwin.plcadapters.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.uatwin.informationmodel.plant.ProtocolCatalog;
import org.uatwin.informationmodel.plant.ProtocolSyntax;

/** The adapters there are, by the values of {@code protocol:} they serve. Immutable. */
public final class Protocols implements ProtocolCatalog, LinkOpener {
    /** Adapters of the product that are not on every class path, with the way to put them there. */
    private static final Map<String, String> OPTIONAL = Map.of(
            "s7",
            "copy the folder s7 into adapters/ beside uatwin.jar, or in a source tree: mvn -pl plc-adapter-s7 -am -DskipTests package.");

    private final Map<String, Protocol> byName = new LinkedHashMap<>();
    private final List<ProtocolSyntax> syntaxes = new ArrayList<>();

    private Protocols(Iterable<Protocol> found) {
        for (Protocol protocol : found) {
            for (String name : protocol.names()) {
                Protocol other = byName.putIfAbsent(name, protocol);
                if (other != null) {
                    throw new IllegalStateException(
                            "%s and %s both serve the protocol \"%s\"; remove one of the modules"
                                    .formatted(
                                            other.getClass().getName(),
                                            protocol.getClass().getName(),
                                            name));
                }
            }
            protocol.syntax().ifPresent(syntaxes::add);
        }
    }

    /** These adapters and no others. */
    public static Protocols of(List<Protocol> protocols) {
        return new Protocols(protocols);
    }

    /**
     * Every adapter on the class path.
     *
     * @throws IllegalStateException if one cannot be loaded, or two serve the same protocol; says which.
     */
    public static Protocols onClassPath() {
        try {
            return new Protocols(ServiceLoader.load(Protocol.class, Protocols.class.getClassLoader()));
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException("an adapter module cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public List<ProtocolSyntax> protocols() {
        return List.copyOf(syntaxes);
    }

    @Override
    public Optional<String> howToAdd(String protocol) {
        return Optional.ofNullable(OPTIONAL.get(protocol));
    }

    /** The adapter that serves this value of {@code protocol:}. */
    public Optional<Protocol> adapter(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Makes the link of a connection, whatever its protocol.
     *
     * @throws IllegalStateException if no adapter serves it.
     */
    @Override
    public Link open(LinkOpening opening) {
        String protocol = opening.connection().protocol();
        return adapter(protocol)
                .orElseThrow(
                        () -> new IllegalStateException("%s: no adapter for the protocol \"%s\" is on the class path"
                                .formatted(opening.connection().name(), protocol)))
                .open(opening);
    }
}
