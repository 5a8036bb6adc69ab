package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.KeyTables;

/** The reference page says what the code does; {@link #main} writes its tables. */
class MqttPageTest {
    private static final Path PAGE = Path.of("../docs/reference/mqtt.md");
    private static final String MARK = "<!-- made from the code below this line -->\n";

    private static String tables() {
        return KeyTables.of(new MqttSyntax());
    }

    @Test
    void thePageHoldsEveryKey() throws IOException {
        assertThat(Files.readString(PAGE)).endsWith(MARK + tables());
    }

    /** Writes the page: run from the module's folder after a change of the keys. */
    public static void main(String[] arguments) throws IOException {
        String text = Files.readString(PAGE);
        Files.writeString(PAGE, text.substring(0, text.indexOf(MARK)) + MARK + tables());
    }
}
