package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.type.TypeIds;

/**
 * SCADA systems store NodeIds for decades. {@code ids-golden.csv} is what was given away; {@link #main} appends what is
 * new to both files.
 */
class TypeIdsTest {
    private static final Path TABLE = Path.of("src/main/resources/org/uatwin/types/ids.csv");
    private static final Path GOLDEN = Path.of("src/test/resources/org/uatwin/informationmodel/plant/ids-golden.csv");
    private static final int FIRST = 1001;

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

    private static List<String> needed() {
        List<String> paths = new ArrayList<>(TypeIds.basePaths());
        for (TwinType type : TypeLibrary.builtIn().types()) {
            paths.addAll(TypeIds.pathsOf(type));
        }
        return paths;
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
    void everyMemberOfTheLibraryHasAnId() {
        assertThat(TypeIds.builtIn().all()).containsKeys(needed().toArray(new String[0]));
    }

    @Test
    void wellKnownIds() {
        assertThat(TypeIds.builtIn().id("ITwinType")).hasValue(1001);
        assertThat(TypeIds.builtIn().id("CentrifugalPumpType/NoSuchPoint")).isEmpty();
        assertThat(TypeIds.ownTypeId("MixerType/Speed")).isEqualTo("types/MixerType/Speed");
    }

    /**
     * Appends ids for new members: run after extending the library, from the module's folder.
     *
     * @param arguments files with further paths, one a line, such as those of the server's layouts.
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, Integer> ids = read(TABLE);
        int next = ids.values().stream().mapToInt(Integer::intValue).max().orElse(FIRST - 1) + 1;
        StringBuilder added = new StringBuilder();
        List<String> paths = needed();
        for (String file : arguments) {
            paths.addAll(Files.readAllLines(Path.of(file)));
        }
        for (String path : paths) {
            if (!path.isBlank() && !ids.containsKey(path)) {
                ids.put(path, next);
                added.append(next++).append(',').append(path).append('\n');
            }
        }
        Files.writeString(TABLE, Files.readString(TABLE) + added);
        Files.writeString(GOLDEN, Files.readString(TABLE));
    }
}
