package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.assembly.UatwinServer;

/** Contracts section 6: people back this directory up and move it between machines and versions. */
class DataDirectoryGoldenIT {
    @Test
    void layoutIsAsPromisedAndBelongsToOneServer(@TempDir Path data) throws Exception {
        try (GoldenPlant devices = GoldenPlant.open();
                UatwinServer server = devices.start(data, "golden", GoldenPlant.PUMP)) {
            assertThat(server.endpointUrl()).startsWith("opc.tcp://");
            assertThat(data.resolve("VERSION")).hasContent("1");
            assertThat(namespaceUris(data)).hasSize(10).element(2).isEqualTo("urn:uatwin:site:golden");
            Path pki = data.resolve("pki");
            for (String folder : List.of("trusted/certs", "trusted/crl", "issuers/certs", "rejected/certs")) {
                assertThat(pki.resolve(folder)).isDirectory();
                assertThat(pki.resolve("users").resolve(folder)).isDirectory();
            }
            assertThat(mode(pki.resolve("own/private"))).isEqualTo("rwx------");
            try (Stream<Path> keys = Files.list(pki.resolve("own/private"))) {
                assertThat(keys).isNotEmpty().allSatisfy(key -> {
                    assertThat(mode(key)).isEqualTo("rw-------");
                    assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----"); // PKCS#8
                });
            }
            assertThatThrownBy(() -> devices.start(data, "golden", GoldenPlant.PUMP))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("in use by another")
                    .hasMessageContaining("Fix: ");
        }
    }

    @Test
    void newerLayoutIsRefusedAndLeftAlone(@TempDir Path data) throws Exception {
        Files.writeString(data.resolve("VERSION"), "2\n");
        try (GoldenPlant devices = GoldenPlant.open()) {
            assertThatThrownBy(() -> devices.start(data, "golden", GoldenPlant.PUMP))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("layout 2")
                    .hasMessageContaining("Fix: ");
        }
        assertThat(data.resolve("VERSION")).hasContent("2");
        assertThat(data.resolve("namespaces.json")).doesNotExist();
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> namespaceUris(Path data) throws Exception {
        JsonNode rows = new ObjectMapper()
                .readTree(data.resolve("namespaces.json").toFile())
                .path("namespaces");
        List<String> uris = new ArrayList<>();
        for (JsonNode row : rows) {
            assertThat(row.path("index").asInt()).isEqualTo(uris.size());
            uris.add(row.path("uri").asText());
        }
        return uris;
    }
}
