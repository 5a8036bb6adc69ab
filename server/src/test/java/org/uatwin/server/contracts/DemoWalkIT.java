package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.demo.DemoServer;
import org.uatwin.server.types.AddressSpaceWalk;

/** Every node of the demo, types and instances, as a generic client may ask for it. */
class DemoWalkIT {
    @Test
    void noNodeOfOursBreaksARuleAndMilosDeviationsDoNotGrow(@TempDir Path data) {
        try (DemoServer demo = DemoServer.start(data, 0, Optional.empty())) {
            AddressSpaceWalk.Report report = new AddressSpaceWalk(demo.server().server()).walk();

            assertThat(report.nodes()).isGreaterThan(5_500);
            assertThat(report.breaches())
                    .filteredOn(b -> b.node().getNamespaceIndex().intValue() > 1)
                    .isEmpty();
            Set<String> unlisted = report.miloKeys();
            unlisted.removeAll(AddressSpaceWalk.listedMiloDeviations());
            assertThat(unlisted)
                    .as("breaches of namespaces 0 and 1 that the list does not hold")
                    .isEmpty();
        }
    }
}
