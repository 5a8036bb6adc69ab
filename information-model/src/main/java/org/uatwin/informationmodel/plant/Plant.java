package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.maintenance.PlantMaintenance;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;

/** A checked plant: what a plant file says, immutable. */
public final class Plant {
    /** Id prefix of the twins of connections and their devices; twins of a file may not use it. */
    public static final String SYSTEM_PREFIX = "_";

    /** Id of the twin of the plant file itself; no id of a file can hold the colon. */
    public static final String FILE_TWIN = ":plant";

    /** Id of the twin of the server's own queues. */
    public static final String SERVER_TWIN = ":server";

    private final String siteId;
    private final Text name;
    private final ServerSettings server;
    private final PlantMaintenance maintenance;
    private final List<Connection> connections;
    private final List<TwinType> types;
    private final List<Twin> twins;
    private final List<Twin> systemTwins;
    private final Map<String, Twin> byId;
    private final String fingerprint;

    Plant(
            String siteId,
            Text name,
            ServerSettings server,
            PlantMaintenance maintenance,
            List<Connection> connections,
            List<TwinType> types,
            List<Twin> twins,
            List<Twin> systemTwins,
            String fingerprint) {
        this.fingerprint = fingerprint;
        this.siteId = siteId;
        this.name = name;
        this.server = server;
        this.maintenance = maintenance;
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

    /** Crews, calendars and costs that plans of maintenance are made of. */
    public PlantMaintenance maintenance() {
        return maintenance;
    }

    /** The same plant with other server settings, as command-line options give them. */
    public Plant withServer(UnaryOperator<ServerSettings> change) {
        return new Plant(
                siteId, name, change.apply(server), maintenance, connections, types, twins, systemTwins, fingerprint);
    }

    /** The same plant with its connections at other addresses, for example those of virtual devices. */
    public Plant withConnections(UnaryOperator<Connection> change) {
        List<Connection> changed = connections.stream().map(change).toList();
        return new Plant(siteId, name, server, maintenance, changed, types, twins, systemTwins, fingerprint);
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
     * The twin of the plant file, {@link #FILE_TWIN}, and those of the links and devices themselves ({@link Connection#linkType}, {@link Connection#deviceType}), in the
     * order of the file: {@code _<connection>} and, with that as parent, {@code _<connection>.<device>}. Their constants are
     * bound (Endpoint, UnitId); every other point is written by the adapter.
     */
    public List<Twin> systemTwins() {
        return systemTwins;
    }

    /**
     * The types that are worth a node: those of the file, those of twins, and what these extend. A library type nobody uses costs
     * nothing.
     */
    public List<TwinType> shownTypes() {
        Set<TwinType> shown = new HashSet<>();
        ownTypes().forEach(type -> show(type, shown));
        twins.forEach(twin -> show(twin.type(), shown));
        systemTwins.forEach(twin -> show(twin.type(), shown));
        return types.stream().filter(shown::contains).toList();
    }

    private static void show(TwinType type, Set<TwinType> shown) {
        if (shown.add(type)) {
            type.superType().ifPresent(base -> show(base, shown));
        }
    }

    /** The types the file itself declares, in its order. */
    public List<TwinType> ownTypes() {
        return types.subList(TypeLibrary.builtIn().types().size(), types.size());
    }

    /** The twin, or system twin, with that id or alias. */
    public Optional<Twin> twin(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Tells this content of plant file and tables from others; not secret. */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * The same plant made of the objects of {@code earlier} wherever the two say the same, so that what a reload leaves
     * alone is not kept twice.
     */
    public Plant sharing(Plant earlier) {
        Map<String, TwinType> oldTypes = new HashMap<>();
        earlier.types.forEach(type -> oldTypes.put(type.name(), type));
        Map<String, Connection> oldConnections = new HashMap<>();
        earlier.connections.forEach(connection -> oldConnections.put(connection.name(), connection));
        return new Plant(
                siteId,
                name,
                server,
                maintenance,
                shared(connections, connection -> oldConnections.get(connection.name())),
                shared(types, type -> oldTypes.get(type.name())),
                shared(twins, twin -> earlier.byId.get(twin.id())),
                shared(systemTwins, twin -> earlier.byId.get(twin.id())),
                fingerprint);
    }

    private static <T> List<T> shared(List<T> now, Function<T, @Nullable T> before) {
        List<T> result = new ArrayList<>(now.size());
        for (T one : now) {
            T old = before.apply(one);
            result.add(old != null && old.equals(one) ? old : one);
        }
        return result;
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
