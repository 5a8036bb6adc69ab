package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.informationmodel.plant.HistorySettings.Place;

/** Where history goes: what plant files of before the disk said still holds, and a server keeps a year by itself. */
class HistorySettingsTest {
    private static HistorySettings of(String keys) {
        return PlantFile.read("uatwin: 1\nsiteId: s\nserver: {%s}\ntwins: []\n".formatted(keys), "p.yaml")
                .plant()
                .orElseThrow()
                .server()
                .history();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: 0 | DISK",
                "history: disk | DISK",
                "history: memory | MEMORY",
                "history: none | NONE",
                "historyInMemory: 2 h | MEMORY",
                "historyInMemory: 0 s | NONE",
                "'history: memory, historyInMemory: 0 s' | NONE"
            })
    void thePlaceFollowsFromTheKeys(String keys, Place place) {
        assertThat(of(keys).place()).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: 0 | P365D | 20000000000",
                "historyRetention: 30 d | P30D | 20000000000",
                "historyGigabytes: 0.5 | P365D | 500000000"
            })
    void filesAreKeptForAYearAndTwentyGigabytesUnlessSaidOtherwise(String keys, Duration kept, long bytes) {
        assertThat(of(keys).retention()).isEqualTo(kept);
        assertThat(of(keys).bytes()).isEqualTo(bytes);
    }
}
