package org.uatwin.plcadapters.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.informationmodel.plant.AddressException;

/** NodeIds of the plant file: OPC UA Part 6, 5.3.1.10 and 5.3.1.11. */
class NodeNameTest {
    private static final List<String> SERVER =
            List.of("http://opcfoundation.org/UA/", "urn:app", "urn:a;b%", "urn:nodes");

    @Test
    void everyIdentifierTypeIsResolvedByTheNamespacesUri() {
        assertThat(NodeName.parse("nsu=urn:nodes;s=Tank;1=a").resolve(SERVER)).contains(new NodeId(3, "Tank;1=a"));
        assertThat(NodeName.parse("nsu=urn:a%3Bb%25;i=4294967295").resolve(SERVER))
                .contains(new NodeId(2, UInteger.MAX));
        assertThat(NodeName.parse("i=2258").resolve(SERVER)).contains(new NodeId(0, 2258));
        assertThat(NodeName.parse("ns=1;g=72962b91-fa75-4ae6-8d28-b404dc7daf63").resolve(SERVER))
                .contains(new NodeId(1, UUID.fromString("72962b91-fa75-4ae6-8d28-b404dc7daf63")));
        assertThat(NodeName.parse("ns=1;b=M/RbKBsRVkePCePcx24oRA==").resolve(SERVER))
                .isPresent();
    }

    /** A server that lacks the namespace has another node under its index, which must not be taken. */
    @Test
    void missingNamespaceIsNoNode() {
        assertThat(NodeName.parse("nsu=urn:other;s=Tank").resolve(SERVER)).isEmpty();
        assertThat(NodeName.parse("ns=4;s=Tank").resolve(SERVER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Tank", "s=", "ns=2;Tank", "ns=70000;s=Tank", "i=4294967296", "i=-1", "g=123", "b=*", "x=1", "nsu=;s=a"
    })
    void whatIsNoNodeIdIsRefusedWithTheForm(String text) {
        AddressException e = catchThrowableOfType(AddressException.class, () -> NodeName.parse(text));
        assertThat(e.text()).contains(text);
        assertThat(e.fix()).contains("nsu=<namespace URI>;s=<name>");
    }

    @Property
    void aNameIsReadAsItIsWritten(@ForAll @NotEmpty String identifier, @ForAll @NotEmpty String uri) {
        NodeName name = new NodeName(uri, 0, "s=" + identifier);
        if (!uri.isBlank() && !identifier.endsWith(" ") && identifier.equals(identifier.strip())) {
            assertThat(NodeName.parse(name.toString())).isEqualTo(name);
        }
    }
}
