package org.uatwin.informationmodel.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    /** UnitIds a client compares: the check values of information-model 4.5 (OPC UA Part 8, UNECE codes). */
    @ParameterizedTest
    @CsvSource({
        "CEL,4408652",
        "KEL,4932940",
        "BAR,4342098",
        "KPA,4935745",
        "PAL,5259596",
        "P1,20529",
        "C62,4404786",
        "HUR,4740434",
        "DAY,4473177",
        "SEC,5457219",
        "MIN,5065038",
        "MTS,5067859",
        "C16,4403510",
        "MSK,5067595",
        "HTZ,4740186",
        "RPM,5394509",
        "KWT,4937556",
        "WTT,5723220",
        "KWH,4937544",
        "AMP,4279632",
        "VLT,5655636",
        "NU,20053",
        "MQH,5067080",
        "L2,19506",
        "KGS,4933459",
        "KGM,4933453",
        "MMT,5066068",
        "H87,4732983",
        "2N,12878"
    })
    void unitIdIsTheCodeAsBytes(String code, int unitId) {
        assertThat(Units.find(code).orElseThrow().engineeringUnit().unitId()).isEqualTo(unitId);
    }

    /** Engineers write units as their keyboard lets them. */
    @ParameterizedTest
    @CsvSource({
        "m3/h,MQH",
        "m³/h,MQH",
        "MQH,MQH",
        "°C,CEL",
        "degC,CEL",
        "Cel,CEL",
        "1/min,RPM",
        "rpm,RPM",
        "r/min,RPM",
        "%,P1",
        "mW,C31",
        "MW,MAW",
        "kWh,KWH",
        "N·m,NU",
        "Nm,NU",
        "um,4H",
        "bar,BAR",
        "BAR,BAR",
        "mA,4K",
        "MA,"
    })
    void findsSymbolsCodesAndAsciiSpellings(String name, String code) {
        assertThat(Units.find(name).map(Unit::code).orElse(null)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"25,Cel,K,298.15", "212,°F,Cel,100", "36,m3/h,l/s,10", "1,bar,psi,14.5037738", "90,km/h,m/s,25"})
    void convertsWithinADimension(double value, String from, String to, double expected) {
        assertThat(Units.find(from).orElseThrow().convert(value, Units.find(to).orElseThrow()))
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void refusesToConvertAcrossDimensions() {
        Unit bar = Units.find("bar").orElseThrow();
        assertThatThrownBy(() -> bar.convert(1, Units.find("m").orElseThrow()))
                .hasMessageContaining("bar")
                .hasMessageContaining("length");
    }

    /** A name must mean one unit, or a plant file would silently mean another. */
    @Test
    void everySymbolAndCodeFindsItsOwnUnit() {
        assertThat(Units.all()).hasSizeGreaterThan(150);
        for (Unit unit : Units.all()) {
            assertThat(Units.find(unit.symbol())).as(unit.symbol()).contains(unit);
            unit.spellings().forEach(s -> assertThat(Units.find(s)).as(s).contains(unit));
        }
    }
}
