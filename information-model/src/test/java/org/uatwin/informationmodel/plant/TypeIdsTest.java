package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.TypeIds;

/**
 * SCADA systems store NodeIds for decades. {@code ids-golden.csv} is what was given away; the server's
 * {@code LibraryTypeIdsTest.main} appends what is new to both files.
 */
class TypeIdsTest {
    private static final Path TABLE = Path.of("src/main/resources/org/uatwin/types/ids.csv");
    private static final Path GOLDEN = Path.of("src/test/resources/org/uatwin/informationmodel/plant/ids-golden.csv");

    private static Map<String, Integer> read(Path file) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] cells = line.split(",", 2);
                assertThat(ids.put(cells[1], Integer.parseInt(cells[0]))).isNull();
            }
        }
        return ids;
    }

    @Test
    void noIdEverChanges() throws IOException {
        Map<String, Integer> golden = read(GOLDEN);
        Map<String, Integer> table = read(TABLE);
        assertThat(table).containsAllEntriesOf(golden);
        assertThat(new ArrayList<>(table.keySet()).subList(0, golden.size()))
                .isEqualTo(new ArrayList<>(golden.keySet()));
        assertThat(table.values()).doesNotHaveDuplicates();
    }

    @Test
    void wellKnownIds() {
        assertThat(TypeIds.builtIn().id("ConveyorType")).hasValue(1001);
        assertThat(TypeIds.builtIn().id("CentrifugalPumpType/NoSuchPoint")).isEmpty();
        assertThat(TypeIds.ownTypeId("MixerType/Speed")).isEqualTo("types/MixerType/Speed");
    }
}
