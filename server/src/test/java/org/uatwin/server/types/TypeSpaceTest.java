package org.uatwin.server.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The type space answers what clients look up by name before they bind anything. */
class TypeSpaceTest {

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static BareServer bare;

    private static List<NodeId> builtInIds = List.of();

    @BeforeAll
    static void start(@TempDir Path directory) {
        bare = new BareServer(directory);
        builtInIds = bare.types.getNodeManager().getNodeIds();
    }

    @AfterAll
    static void stop() {
        bare.close();
    }

    @Test
    void twinTypesStandInTheTypeTree() {
        var tree = bare.server.getObjectTypeTree();
        NodeId asset = new NodeId(3, 5);

        assertThat(tree.isSubtypeOf(asset, new NodeId(3, 3))).isTrue();
        assertThat(tree.isSubtypeOf(asset, new NodeId(4, 15063))).isTrue();
        assertThat(bare.server.getVariableTypeTree().isSubtypeOf(new NodeId(4, 468), NodeIds.AnalogUnitType))
                .isTrue();
        assertThat(bare.server.getDataTypeTree().isEnumType(new NodeId(4, 6244)))
                .isTrue();
    }

    @Test
    void baseIdsStayBelowOneThousand() {
        assertThat(bare.types.id("AssetTwinType/Identification/SerialNumber")).hasValue(503);
        assertThat(bare.types.id("NoSuchType")).isEqualTo(OptionalInt.empty());
        assertThat(builtInIds)
                .filteredOn(id -> id.getNamespaceIndex().intValue() == NamespaceRegistry.TYPES)
                .allSatisfy(id ->
                        assertThat(((Number) id.getIdentifier()).intValue()).isBetween(1, TypeSpace.LAST_BASE_ID));
    }

    @Test
    void declaredTypeGetsItsMembersAndIsWalkable() {
        NodeId typeId = new NodeId(3, 5000);
        NodeId flow = new NodeId(3, 5001);
        NodeId group = new NodeId(3, 5003);
        MemberDeclaration point = MemberDeclaration.variable(
                        flow,
                        new QualifiedName(3, "Flow"),
                        NodeIds.AnalogUnitRangeType,
                        VariableShape.scalar(NodeIds.Double))
                .withChildren(List.of(
                        MemberDeclaration.property(
                                new NodeId(3, 5004),
                                new QualifiedName(0, "EURange"),
                                VariableShape.scalar(NodeIds.Range)),
                        MemberDeclaration.property(
                                new NodeId(3, 5005),
                                new QualifiedName(0, "EngineeringUnits"),
                                VariableShape.scalar(NodeIds.EUInformation))));
        MemberDeclaration whatIf = MemberDeclaration.method(new NodeId(3, 5006), new QualifiedName(3, "WhatIf"))
                .withArguments(
                        new MethodArguments(
                                new NodeId(3, 5007),
                                List.of(new Argument("NewValue", NodeIds.Double, -1, null, LocalizedText.NULL_VALUE))),
                        null);
        MemberDeclaration operational = MemberDeclaration.object(
                        group, new QualifiedName(4, "Operational"), new NodeId(4, 1005))
                .withReference(NodeIds.Organizes, flow);

        bare.types.addTwinType(new TypeDeclaration(
                typeId,
                new QualifiedName(3, "TestPumpType"),
                new NodeId(3, 5),
                LocalizedText.english("TestPumpType"),
                LocalizedText.NULL_VALUE,
                false,
                List.of(point, whatIf, operational)));

        assertThat(bare.server.getObjectTypeTree().isSubtypeOf(typeId, new NodeId(3, 5)))
                .isTrue();
        assertThat(new AddressSpaceWalk(bare.server).walk().ofNamespaces(2, 3, 4, 5, 6))
                .isEmpty();
        assertThat(bare.server.getAddressSpaceManager().getManagedReferences(flow))
                .anyMatch(r -> r.isInverse()
                        && r.getReferenceTypeId().equals(NodeIds.Organizes)
                        && r.getTargetNodeId().equals(group.expanded()));
    }

    @Test
    void typeBelowNothingIsRefused() {
        TypeDeclaration lost = new TypeDeclaration(
                new NodeId(3, 6000),
                new QualifiedName(3, "LostType"),
                new NodeId(3, 6999),
                LocalizedText.english("LostType"),
                LocalizedText.NULL_VALUE,
                false,
                List.of());

        assertThatThrownBy(() -> bare.types.addTwinType(lost)).hasMessageContainingAll("LostType", "6999");
    }

    @Test
    void takenNodeIdIsRefused() {
        TypeDeclaration second = new TypeDeclaration(
                new NodeId(3, 5),
                new QualifiedName(3, "SecondType"),
                new NodeId(3, 3),
                LocalizedText.english("SecondType"),
                LocalizedText.NULL_VALUE,
                false,
                List.of());

        assertThatThrownBy(() -> bare.types.addTwinType(second)).hasMessageContainingAll("SecondType", "taken");
    }
}
