package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.UatwinServer;

/** Contracts section 1: SCADA tags reference these names, so they outlive restarts and additions. */
class NamesGoldenIT {
    private static final String APPLICATION = "urn:uatwin:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final List<String> AFTER_APPLICATION = List.of(
            "urn:uatwin:site:golden",
            "urn:uatwin:types",
            "http://opcfoundation.org/UA/DI/",
            "http://opcfoundation.org/UA/IA/",
            "http://opcfoundation.org/UA/Machinery/",
            "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/",
            "http://opcfoundation.org/UA/Machinery/Jobs/",
            "http://opcfoundation.org/UA/Machinery/Result/");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path data;

    @SuppressWarnings("NullAway.Init") // set before each test
    private GoldenPlant devices;

    @BeforeEach
    void open() throws Exception {
        devices = GoldenPlant.open();
    }

    @AfterEach
    void close() {
        devices.close();
    }

    /** What a client sees of names. */
    private record Names(List<String> namespaces, Map<String, QualifiedName> nodes) {
        Map<String, QualifiedName> ofSite() {
            Map<String, QualifiedName> own = new TreeMap<>(nodes);
            own.keySet().removeIf(id -> !id.startsWith("ns=2;"));
            return own;
        }
    }

    private Names names(String site, String twins) throws Exception {
        try (UatwinServer server = devices.start(data, site, twins);
                PlantClient client = PlantClient.operator(server.endpointUrl())) {
            return new Names(client.namespaceArray(), client.browse());
        }
    }

    @Test
    void namesOutliveRestartsAndAdditions() throws Exception {
        String twins = GoldenPlant.PUMP + GoldenPlant.PROBES;
        Names first = names("golden", twins);

        assertThat(first.namespaces().get(0)).isEqualTo("http://opcfoundation.org/UA/");
        assertThat(first.namespaces().get(1)).matches(APPLICATION);
        assertThat(first.namespaces().subList(2, first.namespaces().size())).isEqualTo(AFTER_APPLICATION);
        assertThat(first.ofSite()).containsKeys("ns=2;s=pump-01", "ns=2;s=pump-01/Flow", "ns=2;s=pump-01/Flow/EURange");
        assertThat(first.ofSite().keySet())
                .filteredOn(id -> !id.startsWith("ns=2;s=:")) // folders, which no twin id can collide with
                .allMatch(id -> id.matches("ns=2;s=[A-Za-z0-9_.-]+(/[A-Za-z0-9_. -]+)*"), "names only");

        Names restarted = names("golden", twins);
        assertThat(restarted).isEqualTo(first);

        // a twin before the others, so that an order of the file cannot hide in an id
        Names grown = names("golden", GoldenPlant.TANK + twins);
        assertThat(grown.namespaces()).isEqualTo(first.namespaces());
        assertThat(grown.nodes()).containsAllEntriesOf(first.nodes()).containsKey("ns=2;s=tank-01/Level");

        Names otherSite = names("annex", GoldenPlant.TANK);
        assertThat(otherSite.namespaces().subList(0, 10)).isEqualTo(first.namespaces());
        assertThat(otherSite.namespaces().subList(10, otherSite.namespaces().size()))
                .containsExactly("urn:uatwin:site:annex");
        assertThat(otherSite.nodes()).containsKey("ns=10;s=tank-01/Level");

        Names back = names("golden", twins);
        assertThat(back.namespaces().subList(0, 10)).isEqualTo(first.namespaces());
        assertThat(back.ofSite()).isEqualTo(first.ofSite());
    }

    @Test
    void aliasesKeepOldIdsResolvable() throws Exception {
        try (UatwinServer server = devices.start(data, "golden", GoldenPlant.PUMP);
                PlantClient client = PlantClient.operator(server.endpointUrl())) {
            Function<String, StatusCode> status = path -> {
                try {
                    return client.read(path).statusCode();
                } catch (Exception e) {
                    throw new AssertionError(path, e);
                }
            };
            for (String twin : List.of("pump-01", "P-101", "old.pump")) {
                assertThat(client.read(twin + "/Flow/EURange").value())
                        .as(twin)
                        .isEqualTo(client.read("pump-01/Flow/EURange").value());
            }
            assertThat(status.apply("P-102/Flow").getValue()).isEqualTo(0x80340000L); // Bad_NodeIdUnknown
        }
    }
}
