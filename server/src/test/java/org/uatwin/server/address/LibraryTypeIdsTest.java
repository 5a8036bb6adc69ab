package org.uatwin.server.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.TypeLibrary;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.type.TypeIds;

/** Numeric ids of library types never change and never are missing (contracts section 1). */
class LibraryTypeIdsTest {
    private static final int FIRST = 1001;

    @Test
    void everyDeclarationOfTheLibraryHasANumericId() {
        List<String> missing = paths().stream()
                .filter(path -> TypeIds.builtIn().id(path).isEmpty())
                .toList();

        assertThat(missing)
                .as("append them with LibraryTypeIdsTest.main, and commit both files")
                .isEmpty();
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (TwinType type : TypeLibrary.builtIn().types()) {
            Layout layout = LayoutBuilder.build(type, NodeId.NULL_VALUE);
            paths.add(type.typeBrowseName());
            for (Slot slot : layout.slots()) {
                if (!slot.isRoot() && TypeDeclarations.isDeclared(slot) && !TypeDeclarations.isOfBaseType(slot)) {
                    paths.add(type.typeBrowseName() + "/" + slot.path);
                }
            }
        }
        return paths;
    }

    /**
     * Appends ids for new paths to the table and to its golden copy.
     *
     * @param args the two files.
     */
    public static void main(String[] args) throws IOException {
        List<String> known = new ArrayList<>();
        int next = FIRST;
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            if (!line.startsWith("#")) {
                String[] cells = line.split(",", 2);
                next = Math.max(next, Integer.parseInt(cells[0]) + 1);
                known.add(cells[1]);
            }
        }
        StringBuilder added = new StringBuilder();
        for (String path : paths()) {
            if (!known.contains(path)) {
                added.append(next++).append(',').append(path).append('\n');
            }
        }
        String table = Files.readString(Path.of(args[0])) + added;
        Files.writeString(Path.of(args[0]), table);
        Files.writeString(Path.of(args[1]), table);
    }
}
