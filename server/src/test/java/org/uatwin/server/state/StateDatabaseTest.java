package org.uatwin.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that outlives the process: nothing half, nothing of a newer program (contracts section 6). */
class StateDatabaseTest {
    @TempDir
    Path folder = Path.of("unset");

    @Test
    void whatWasStoredIsThereAfterTheFileWasClosed() {
        Path file = folder.resolve("state.db");
        try (StateDatabase database = StateDatabase.open(file)) {
            StateTable table = database.table("computed");
            table.store(Map.of("a/X", new byte[] {1, 2}, "b/Y", new byte[] {3}), List.of());
            table.store(Map.of("a/X", new byte[] {9}), List.of("b/Y"));
            database.table("conditioning").store(Map.of("c/Z", new byte[] {7}), List.of());
        }
        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.table("computed").load())
                    .containsOnlyKeys("a/X")
                    .containsEntry("a/X", new byte[] {9});
            assertThat(database.table("conditioning").load()).containsOnlyKeys("c/Z");
        }
    }

    @Test
    void aFileOfANewerProgramIsRefusedAndLeftAlone() throws Exception {
        Path file = folder.resolve("state.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> StateDatabase.open(file))
                .isInstanceOfSatisfying(StateException.class, e -> assertThat(e.isOfNewerProgram())
                        .isTrue())
                .hasMessageContaining("schema 99")
                .hasMessageContaining("Fix:");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aBrokenFileIsSaidWithTheFix() throws Exception {
        Path file = Files.writeString(folder.resolve("state.db"), "this is no database, whatever its name says\n");

        assertThatThrownBy(() -> StateDatabase.open(file))
                .isInstanceOfSatisfying(StateException.class, e -> assertThat(e.isOfNewerProgram())
                        .isFalse())
                .hasMessageContaining("state.db")
                .hasMessageContaining("move it away");
    }
}
