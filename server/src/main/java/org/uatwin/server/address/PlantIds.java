package org.uatwin.server.address;

import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.type.TypeIds;

/**
 * NodeIds of twin types: library types have the numeric ids of the checked-in table; types of the plant file have
 * String ids in the site's namespace, {@code types/MixerType/Flow}; no twin may be called {@code types}.
 */
public final class PlantIds implements TwinTypeIds {
    private final int siteNamespace;
    private final ToIntFunction<TwinLevel> levels;
    private final Table table;

    /** The numeric ids of library types by path such as {@code CentrifugalPumpType/Flow}. */
    @FunctionalInterface
    public interface Table {
        OptionalInt id(String path);
    }

    /** @param levels numeric id of the base type of a level in {@code urn:uatwin:types}. */
    public PlantIds(int siteNamespace, ToIntFunction<TwinLevel> levels, Table table) {
        this.siteNamespace = siteNamespace;
        this.levels = levels;
        this.table = table;
    }

    @Override
    public NodeId typeId(TwinType type) {
        return id(type.typeBrowseName());
    }

    @Override
    public NodeId levelId(TwinLevel level) {
        return new NodeId(NamespaceIndexes.TYPES, levels.applyAsInt(level));
    }

    @Override
    public NodeId memberId(TwinType type, String path) {
        return id(type.typeBrowseName() + "/" + path);
    }

    private NodeId id(String path) {
        OptionalInt known = table.id(path);
        return known.isPresent()
                ? new NodeId(NamespaceIndexes.TYPES, known.getAsInt())
                : new NodeId(siteNamespace, TypeIds.ownTypeId(path));
    }
}
