package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunToFailureFileTest {
    private static final String REST = " 0.1 0.2 100" + " 5".repeat(21);

    private static List<UnitHistory> read(String text) throws IOException {
        return RunToFailureFile.read("train.txt", new BufferedReader(new StringReader(text)));
    }

    @Test
    void rowsBecomeUnits() throws IOException {
        List<UnitHistory> units = read("1 1" + REST + "  \n1 2" + REST + "\n7 1" + REST + "\n");
        assertThat(units).extracting(UnitHistory::unit).containsExactly(1, 7);
        assertThat(units.get(0).cycles()).isEqualTo(2);
        assertThat(units.get(1).settings()[0]).containsExactly(0.1, 0.2, 100);
        assertThat(units.get(1).sensors()[0]).hasSize(21).containsOnly(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 1 0 0 | train.txt:2: 4 numbers",
                "1 1 0.1 0.2 100 x 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 | train.txt:2: column 6: 'x'",
                "1 1 0.1 NaN 100 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 | train.txt:2: column 4: 'NaN'",
                "1 3 0.1 0.2 100 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 | goes back from cycle 5 to 3"
            })
    void badRowsAreNamed(String row, String message) {
        assertThatThrownBy(() -> read("1 5" + REST + "\n" + row + "\n")).hasMessageContaining(message);
    }
}
