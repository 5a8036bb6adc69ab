package org.uatwin.server.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** contracts.md section 1: clients store NodeIds with their index, so a row that moves breaks every SCADA screen. */
class NamespaceRegistryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    // Golden: the fixed rows of the first release.
    @Test
    void firstRowsAreTheContract() {
        NamespaceRegistry registry = NamespaceRegistry.open(directory, "plant-1");

        List<String> uris = registry.uris();
        assertThat(uris.get(0)).isEqualTo("http://opcfoundation.org/UA/");
        assertThat(uris.get(1)).matches("urn:uatwin:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(uris.subList(2, uris.size()))
                .containsExactly(
                        "urn:uatwin:site:plant-1",
                        "urn:uatwin:types",
                        "http://opcfoundation.org/UA/DI/",
                        "http://opcfoundation.org/UA/IA/",
                        "http://opcfoundation.org/UA/Machinery/",
                        "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/",
                        "http://opcfoundation.org/UA/Machinery/Jobs/",
                        "http://opcfoundation.org/UA/Machinery/Result/");
        assertThat(registry.applicationUri()).isEqualTo(uris.get(1));
    }

    @Test
    void tableIsTheSameAfterRestart() {
        List<String> before = NamespaceRegistry.open(directory, "plant-1").uris();

        assertThat(NamespaceRegistry.open(directory, "plant-1").uris()).isEqualTo(before);
    }

    @Test
    void furtherSitesAndModelsAreAppended() {
        NamespaceRegistry registry = NamespaceRegistry.open(directory, "plant-1");
        List<String> before = registry.uris();

        assertThat(registry.addSite("plant-2")).isEqualTo(10);
        assertThat(registry.add("http://example.org/Pumps/")).isEqualTo(11);
        assertThat(registry.addSite("plant-2")).isEqualTo(10);

        List<String> after = NamespaceRegistry.open(directory, "plant-2").uris();
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        assertThat(after.subList(before.size(), after.size()))
                .containsExactly("urn:uatwin:site:plant-2", "http://example.org/Pumps/");
    }

    // Opened for another plant, the directory keeps row 2 for the site it began with.
    @Test
    void anotherSiteNeverTakesRowTwo() {
        NamespaceRegistry.open(directory, "plant-1");

        NamespaceRegistry other = NamespaceRegistry.open(directory, "plant-2");

        assertThat(other.uris().get(2)).isEqualTo("urn:uatwin:site:plant-1");
        assertThat(other.find("urn:uatwin:site:plant-2")).hasValue(10);
    }

    @Test
    void givenApplicationUriStandsInButIsNotStored() {
        String own = NamespaceRegistry.open(directory, "plant-1").applicationUri();

        NamespaceRegistry registry = NamespaceRegistry.open(directory, "plant-1", "urn:acme:line-4");

        assertThat(registry.applicationUri()).isEqualTo("urn:acme:line-4");
        assertThat(registry.uris().get(1)).isEqualTo("urn:acme:line-4");
        assertThat(registry.find("urn:acme:line-4")).hasValue(1);
        registry.addSite("plant-2");
        assertThat(NamespaceRegistry.open(directory, "plant-1").applicationUri())
                .isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"index\": 3, ; \"index\": 4, ; reordered", // two rows with one index
                "urn:uatwin:site:a ; urn:uatwin:site:b ; check word",
                "urn:uatwin:types ; urn:uatwin:typez ; check word",
                "\"format\": 1 ; \"format\": 2 ; newer",
                "] ; ; not the table",
                "{\"index\": 0 ; { ; not the table",
            })
    void changedFileIsRefusedWithPlaceCauseAndFix(String from, String to, String cause) throws IOException {
        NamespaceRegistry.open(directory, "a");
        Path file = directory.resolve("namespaces.json");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to == null ? "" : to));

        assertThatThrownBy(() -> NamespaceRegistry.open(directory, "a"))
                .isInstanceOf(NamespacesFileException.class)
                .hasMessageContainingAll(file.toString(), cause, "Fix:");
    }

    // Two sites with their rows exchanged look like a valid table; only the check word tells.
    @Test
    void exchangedSitesAreNoticed() throws IOException {
        NamespaceRegistry registry = NamespaceRegistry.open(directory, "a");
        registry.addSite("b");
        registry.addSite("c");
        Path file = directory.resolve("namespaces.json");
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replace("site:b", "site:x").replace("site:c", "site:b").replace("site:x", "site:c"));

        assertThatThrownBy(() -> NamespaceRegistry.open(directory, "a")).hasMessageContaining("exchanged");
    }

    // A crash between write and rename leaves the temporary file; the table itself is whole.
    @Test
    void halfWrittenReplacementIsIgnored() throws IOException {
        List<String> before = NamespaceRegistry.open(directory, "a").uris();
        Files.writeString(directory.resolve("namespaces.json.new"), "{ \"format\"");

        assertThat(NamespaceRegistry.open(directory, "a").uris()).isEqualTo(before);
    }

    @Test
    void emptyFileIsDamagedNotNew() throws IOException {
        Files.writeString(directory.resolve("namespaces.json"), "");

        assertThatThrownBy(() -> NamespaceRegistry.open(directory, "a")).hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "Werk-Köln"})
    void siteIdsOutsideTheContractAreRefused(String siteId) {
        assertThatThrownBy(() -> NamespaceRegistry.open(directory, siteId)).hasMessageContaining("site id");
    }

    @Test
    void serverGetsExactlyTheseIndexesAndLaterOnes() {
        try (BareServer bare = new BareServer(directory)) {
            assertThat(bare.server.getNamespaceTable().toArray()).containsExactlyElementsOf(bare.registry.uris());

            bare.registry.addSite("second");
            bare.registry.register(bare.server);

            assertThat(bare.server.getNamespaceTable().toArray()).containsExactlyElementsOf(bare.registry.uris());
        }
    }

    @Test
    void tableOfAnotherServerIsRefused() {
        try (BareServer bare = new BareServer(directory)) {
            NamespaceRegistry foreign = NamespaceRegistry.open(directory, "demo", "urn:other");

            assertThatThrownBy(() -> foreign.register(bare.server)).hasMessageContaining("namespace 1");
        }
    }
}
