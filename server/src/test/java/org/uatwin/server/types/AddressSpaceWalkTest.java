package org.uatwin.server.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.types.AddressSpaceWalk.Breach;
import org.uatwin.server.types.AddressSpaceWalk.Rule;

/** What a generic client relies on when it shows a server it has never seen. */
class AddressSpaceWalkTest {

    private static final NodeId BAD_TYPE = new NodeId(3, 8000);

    @SuppressWarnings("NullAway.Init") // set before each test
    private BareServer bare;

    @BeforeEach
    void start(@TempDir Path directory) {
        bare = new BareServer(directory);
    }

    @AfterEach
    void stop() {
        bare.close();
    }

    @Test
    void builtInNamespacesBreakNoRuleAndMiloOnlyTheListedOnes() {
        bare.registry.addSite("second");
        bare.registry.register(bare.server);
        bare.types.addNamespaceMetadata(NamespaceMetadata.ofSite(
                NamespaceRegistry.siteUri("second"), "1", Instant.parse("2026-11-21T00:00:00Z")));

        AddressSpaceWalk.Report report = new AddressSpaceWalk(bare.server).walk();

        assertThat(report.nodes()).isGreaterThan(4_700);
        assertThat(report.breaches())
                .filteredOn(b -> b.node().getNamespaceIndex().intValue() > 1)
                .isEmpty();
        Set<String> unlisted = report.miloKeys();
        unlisted.removeAll(AddressSpaceWalk.listedMiloDeviations());
        assertThat(unlisted)
                .as("breaches of namespaces 0 and 1 that the list does not hold")
                .isEmpty();
        Set<String> gone = AddressSpaceWalk.listedMiloDeviations();
        gone.removeAll(report.miloKeys());
        assertThat(gone).as("listed breaches that are gone: remove their lines").isEmpty();
    }

    // A walk that finds nothing proves nothing: each rule must be able to fail.
    @Test
    void brokenNodesAreReported() {
        MemberDeclaration twinWithoutMembers =
                MemberDeclaration.object(new NodeId(3, 8001), new QualifiedName(3, "Half"), new NodeId(3, 2));
        MemberDeclaration wrongValue = MemberDeclaration.property(
                new NodeId(3, 8002),
                new QualifiedName(3, "bad name"),
                VariableShape.scalar(NodeIds.Double).withValue(new Variant("text")));
        MemberDeclaration wrongRank = MemberDeclaration.property(
                new NodeId(3, 8003),
                new QualifiedName(3, "Ranks"),
                new VariableShape(NodeIds.Double, 1, List.of(0), new DataValue(new Variant(1.0)), 1));
        MemberDeclaration dangling = MemberDeclaration.object(
                        new NodeId(3, 8004), new QualifiedName(3, "Dangling"), NodeIds.FolderType)
                .withReference(NodeIds.Organizes, new NodeId(3, 8999));
        bare.types.addTwinType(new TypeDeclaration(
                BAD_TYPE,
                new QualifiedName(3, "Nameless"),
                NodeIds.BaseObjectType,
                LocalizedText.english("Nameless"),
                LocalizedText.NULL_VALUE,
                false,
                List.of(twinWithoutMembers, wrongValue, wrongRank, dangling)));

        List<Breach> breaches = new AddressSpaceWalk(bare.server).walk().ofNamespaces(3);

        assertThat(breaches.stream().map(Breach::key))
                .contains(
                        Rule.NAMING + " ns=3;i=8000",
                        Rule.NAMING + " ns=3;i=8002",
                        Rule.MANDATORY_MEMBER + " ns=3;i=8001",
                        Rule.VALUE + " ns=3;i=8002",
                        Rule.VALUE + " ns=3;i=8003",
                        Rule.TARGET_EXISTS + " ns=3;i=8004");
    }
}
