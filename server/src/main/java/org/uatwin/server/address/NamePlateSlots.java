package org.uatwin.server.address;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.uatwin.informationmodel.plant.Identification;
import org.uatwin.server.engine.TwinInstance;

/** The name plate of an asset: Identification and MachineryBuildingBlocks (OPC 40001-1). */
final class NamePlateSlots {
    /** MachineIdentificationType of Machinery. */
    private static final NodeId MACHINE_IDENTIFICATION_TYPE = new NodeId(NamespaceIndexes.MACHINERY, 1012);

    private NamePlateSlots() {}

    static void add(LayoutBuilder layout, Slot root) {
        Slot plate = layout.object(
                root, NodeIds.HasAddIn, NamespaceIndexes.DI, "Identification", MACHINE_IDENTIFICATION_TYPE);
        entry(
                layout,
                plate,
                "Manufacturer",
                NodeIds.LocalizedText,
                (id, locales) -> Optional.of(new Variant(Structures.text(id.manufacturer(), locales))));
        entry(
                layout,
                plate,
                "SerialNumber",
                NodeIds.String,
                (id, locales) -> Optional.of(new Variant(id.serialNumber())));
        entry(
                layout,
                plate,
                "ProductInstanceUri",
                NodeIds.String,
                (id, locales) -> Optional.of(new Variant(id.productInstanceUri())));
        entry(layout, plate, "Model", NodeIds.LocalizedText, (id, locales) -> id.model()
                .map(text -> new Variant(Structures.text(text, locales))));
        entry(layout, plate, "ProductCode", NodeIds.String, optional(Identification::productCode));
        entry(layout, plate, "HardwareRevision", NodeIds.String, optional(Identification::hardwareRevision));
        entry(layout, plate, "SoftwareRevision", NodeIds.String, optional(Identification::softwareRevision));
        entry(layout, plate, "AssetId", NodeIds.String, optional(Identification::assetId));
        entry(
                layout,
                plate,
                "YearOfConstruction",
                NodeIds.UInt16,
                (id, locales) -> id.yearOfConstruction().map(y -> new Variant(ushort(y))),
                NamespaceIndexes.MACHINERY);
        entry(
                layout,
                plate,
                "Location",
                NodeIds.String,
                optional(Identification::location),
                NamespaceIndexes.MACHINERY);
        Slot blocks = layout.object(
                root, NodeIds.HasComponent, NamespaceIndexes.MACHINERY, "MachineryBuildingBlocks", NodeIds.FolderType);
        blocks.organizes(NodeIds.HasAddIn, plate);
    }

    /** One value of the name plate in the session's language; empty if the plate does not have it. */
    @FunctionalInterface
    private interface Entry {
        Optional<Variant> value(Identification identification, List<String> locales);
    }

    private static Entry optional(Function<Identification, Optional<String>> getter) {
        return (identification, locales) -> getter.apply(identification).map(Variant::new);
    }

    private static void entry(LayoutBuilder layout, Slot plate, String name, NodeId dataType, Entry entry) {
        entry(layout, plate, name, dataType, entry, NamespaceIndexes.DI);
    }

    private static void entry(
            LayoutBuilder layout, Slot plate, String name, NodeId dataType, Entry entry, int namespace) {
        Slot slot = layout.property(plate, namespace, name, dataType, new SlotValue.OfInstance((instance, locales) -> {
            Identification id = identification(instance);
            return entry.value(id, locales).orElse(Variant.NULL_VALUE);
        }));
        slot.presence = instance -> {
            Identification id = identification(instance);
            return entry.value(id, List.of()).isPresent();
        };
    }

    private static Identification identification(TwinInstance instance) {
        return instance.twin().identification();
    }
}
