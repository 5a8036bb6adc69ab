package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;

/** A checked plant: what a plant file says, immutable. */
public final class Plant {
    private final String siteId;
    private final Text name;
    private final ServerSettings server;
    private final List<ModbusConnection> connections;
    private final List<TwinType> types;
    private final List<Twin> twins;
    private final Map<String, Twin> byId;

    Plant(
            String siteId,
            Text name,
            ServerSettings server,
            List<ModbusConnection> connections,
            List<TwinType> types,
            List<Twin> twins) {
        this.siteId = siteId;
        this.name = name;
        this.server = server;
        this.connections = List.copyOf(connections);
        this.types = List.copyOf(types);
        this.twins = List.copyOf(twins);
        Map<String, Twin> index = new HashMap<>(twins.size() * 2);
        for (Twin twin : twins) {
            index.put(twin.id(), twin);
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

    public List<ModbusConnection> connections() {
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

    /** The twin with that id or alias. */
    public Optional<Twin> twin(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Points of all twins. */
    public long pointCount() {
        long count = 0;
        for (Twin twin : twins) {
            count += twin.pointCount();
        }
        return count;
    }
}
