package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;

/** A checked plant: what a plant file says, immutable. */
public final class Plant {
    private final String siteId;
    private final Text name;
    private final ServerSettings server;
    private final List<Connection> connections;
    private final List<TwinType> types;
    private final List<Twin> twins;
    private final List<Twin> systemTwins;
    private final Map<String, Twin> byId;

    Plant(
            String siteId,
            Text name,
            ServerSettings server,
            List<Connection> connections,
            List<TwinType> types,
            List<Twin> twins,
            List<Twin> systemTwins) {
        this.siteId = siteId;
        this.name = name;
        this.server = server;
        this.connections = List.copyOf(connections);
        this.types = List.copyOf(types);
        this.twins = List.copyOf(twins);
        this.systemTwins = List.copyOf(systemTwins);
        Map<String, Twin> index = new HashMap<>(twins.size() * 2);
        for (Twin twin : twins) {
            index.put(twin.id(), twin);
        }
        for (Twin twin : systemTwins) {
            index.put(twin.id(), twin);
        }
        for (Twin twin : twins) {
            for (String alias : twin.aliases()) {
                index.putIfAbsent(alias, twin);
            }
        }
        byId = index;
    }

    /** Immutable identity of the site; part of the namespace URI {@code urn:uatwin:site:<siteId>}. */
    public String siteId() {
        return siteId;
    }

    public Text name() {
        return name;
    }

    public ServerSettings server() {
        return server;
    }

    /** The same plant with other server settings, as command-line options give them. */
    public Plant withServer(UnaryOperator<ServerSettings> change) {
        return new Plant(siteId, name, change.apply(server), connections, types, twins, systemTwins);
    }

    /** The same plant with its connections at other addresses, for example those of virtual devices. */
    public Plant withConnections(UnaryOperator<Connection> change) {
        List<Connection> changed = connections.stream().map(change).toList();
        return new Plant(siteId, name, server, changed, types, twins, systemTwins);
    }

    public List<Connection> connections() {
        return connections;
    }

    /** Every type known: the built-in library in its order, then the file's own. */
    public List<TwinType> types() {
        return types;
    }

    /** Twins in the order of the file; a parent may come after its children. */
    public List<Twin> twins() {
        return twins;
    }

    /**
     * The twins of the links and devices themselves ({@link Connection#linkType}, {@link Connection#deviceType}), in the
     * order of the file: {@code _<connection>} and, with that as parent, {@code _<connection>.<device>}. Their constants are
     * bound (Endpoint, UnitId); every other point is written by the adapter.
     */
    public List<Twin> systemTwins() {
        return systemTwins;
    }

    /** The types the file itself declares, in its order. */
    public List<TwinType> ownTypes() {
        return types.subList(TypeLibrary.builtIn().types().size(), types.size());
    }

    /** The twin, or system twin, with that id or alias. */
    public Optional<Twin> twin(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Points of all twins of the file. */
    public long pointCount() {
        long count = 0;
        for (Twin twin : twins) {
            count += twin.pointCount();
        }
        return count;
    }
}
