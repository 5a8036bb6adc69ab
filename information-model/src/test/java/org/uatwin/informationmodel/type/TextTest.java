package org.uatwin.informationmodel.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session's locales choose the text (OPC UA Part 4, localeIds). */
class TextTest {
    private static final Text PUMP = new Text(Map.of("en", "Pump", "de", "Pumpe", "de-CH", "Pumpi"));

    @ParameterizedTest
    @CsvSource({
        "de,de,Pumpe",
        "de-AT,de,Pumpe",
        "de-CH,de-CH,Pumpi",
        "fr,en,Pump",
        "fr;de,de,Pumpe",
        "en-US;de,en,Pump",
        "'',en,Pump"
    })
    void firstLocaleWithATextWins(String wanted, String locale, String text) {
        List<String> locales = wanted.isEmpty() ? List.of() : Arrays.asList(wanted.split(";"));
        assertThat(PUMP.in(locales)).isEqualTo(new Text.Localized(locale, text));
    }
}
