package org.uatwin.informationmodel.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.UaTime;

class FormulaTest {
    private static final long S = UaTime.TICKS_PER_SECOND;
    private static final long T0 = 1_000_000 * S;

    private static double value(String text, double... inputs) {
        Evaluation evaluation = parse(text).begin();
        for (int i = 0; i < inputs.length; i++) {
            evaluation.set(i, inputs[i]);
        }
        return evaluation.evaluate(T0);
    }

    private static Formula parse(String text) {
        try {
            return Formula.parse(text);
        } catch (FormulaException e) {
            throw new AssertionError(text + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1 + 2 * 3               | 7
                    (1 + 2) * 3             | 9
                    7 / 2                   | 3.5
                    -7 % 4                  | -3
                    2 - 3 - 4               | -5
                    1 < 2 && !(2 >= 3)      | 1
                    1 == 1.0 ? 10 : 20      | 10
                    true and not false      | 1
                    max(1, 5, 3)            | 5
                    clamp(12, 0, 10)        | 10
                    pow(2, 10)              | 1024
                    sqrt(2) * sqrt(2)       | 2.0000000000000004
                    round(2.5)              | 3
                    atan2(0, -1)            | 3.141592653589793
                    2e3 + 0x10              | 2016
                    hypot(3, 4)             | 5
                    """)
    void calculatesAsWritten(String text, double expected) {
        assertThat(value(text)).isEqualTo(expected);
    }

    /** Names are the own twin's points, quoted texts those of others; each is asked for once. */
    @Test
    void pointsOfOwnAndOtherTwinsAreReferences() {
        Formula formula = parse("Flow * (Flow - 'tank-1/Level') + Head");
        assertThat(formula.references())
                .containsExactly(new PointRef("", "Flow"), new PointRef("tank-1", "Level"), new PointRef("", "Head"));
        assertThat(value("Flow * (Flow - 'tank-1/Level') + Head", 5, 3, 0.5)).isEqualTo(10.5);
    }

    /** What a formula could hurt with must not even parse: code, memory, time, other objects. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a'.repeat(1000000000)",
                "''.class",
                "Flow.class.forName('java.lang.Runtime')",
                "new('java.io.File', '/')",
                "x = 3",
                "x += 1",
                "while (true) {}",
                "for (var i : 1 .. 1000000000) { i }",
                "1 .. 1000000000",
                "(x) -> x",
                "var x = 1",
                "1; 2",
                "[1, 2]",
                "{1: 2}",
                "Flow[0]",
                "Flow =~ '(a+)+b'",
                "`${Flow}`",
                "size(Flow)",
                "empty(Flow)",
                "null",
                "Flow ?? 1",
                "math:sqrt(2)",
                "#pragma jexl.import java.net",
                "@synchronized Flow",
                "Flow & 1",
                "if (Flow > 1) 1",
                "function(x) { x }",
                "avg",
                "$0",
                "Flow +",
                "",
                "  ",
                "nosuch(Flow)",
                "avg(Flow)",
                "avg(Flow, Head)",
                "avg(Flow, '400 d')",
                "unit(Flow, 'bar')",
                "unit(1, 'nosuch')",
                "to(Flow, bar)",
                "1e999"
            })
    void everythingButArithmeticIsRefused(String text) {
        if (text.equals("avg")) {
            assertThat(parse(text).references()).containsExactly(new PointRef("", "avg"));
            return;
        }
        assertThatThrownBy(() -> Formula.parse(text)).isInstanceOfSatisfying(FormulaException.class, e -> {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.fix()).isNotBlank();
        });
    }

    /** JEXL's parser is recursive; a hostile text must be an error, not a dead thread. */
    @Test
    void deepAndLongTextsAreRefused() {
        for (String text : List.of(
                "(".repeat(400) + "1" + ")".repeat(400),
                "-".repeat(999) + "1",
                "!".repeat(999) + "true",
                "1+".repeat(499) + "1",
                "a?".repeat(300) + "1" + ":1".repeat(300),
                "x".repeat(2000))) {
            assertThatThrownBy(() -> Formula.parse(text)).isInstanceOf(FormulaException.class);
        }
    }

    /** The person who must fix it looks for the character. */
    @Test
    void errorsNameTheirPlace() {
        assertThatThrownBy(() -> Formula.parse("Flow * (2 + ) / 3"))
                .isInstanceOfSatisfying(
                        FormulaException.class, e -> assertThat(e.position()).isBetween(11, 13));
        assertThatThrownBy(() -> Formula.parse("Flow + averge(Flow, 3)"))
                .isInstanceOfSatisfying(
                        FormulaException.class, e -> assertThat(e.position()).isEqualTo(8));
    }

    /** A comparison with what has no value must not pass for "false". */
    @Test
    void whatHasNoValueStaysWithoutOne() {
        assertThat(value("sqrt(-1) > 2")).isNaN();
        assertThat(value("sqrt(-1) > 2 ? 1 : 2")).isNaN();
        assertThat(value("1 / 0")).isInfinite();
    }

    @Property
    void anExpressionAgreesWithJava(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double b) {
        assertThat(value("(a - b) * (a + b) / b - min(a, b) + (a < b ? abs(a) : b)", a, b))
                .isEqualTo((a - b) * (a + b) / b - Math.min(a, b) + (a < b ? Math.abs(a) : b));
    }

    private static final Map<String, String> UNITS = Map.of(
            "Flow", "m3/h", "In", "bar", "Out", "bar", "Tank", "kPa", "Temp", "°C", "Cold", "°C", "Kelvin", "K",
            "Ratio", "%");

    private static FormulaUnits.Result units(String text, String result) {
        return FormulaUnits.check(
                parse(text),
                ref -> Optional.ofNullable(UNITS.get(ref.point())).flatMap(Units::find),
                result.isEmpty() ? Optional.empty() : Units.find(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Flow + In                   | ''   | joins m³/h and bar
                    In - Tank                   | bar  | joins bar and kPa
                    Flow > In                   | ''   | joins m³/h and bar
                    max(In, Flow)               | ''   | joins bar and m³/h
                    true ? In : Flow            | ''   | joins bar and m³/h
                    Temp - Kelvin               | ''   | joins °C and K
                    In                          | m3/h | the result is in bar, the point in m³/h
                    In * Flow                   | kW   | the point in kW
                    avg(Flow, 60)               | bar  | the result is in m³/h
                    rate(Flow, 60)              | m3/h | the point in m³/h
                    sqrt(In)                    | bar  | the point in bar
                    exp(In)                     | ''   | exp of a value in bar
                    to(Flow, 'bar')             | bar  | cannot be shown in bar
                    to(Flow * 2, 'l/min')       | ''   | needs a value whose unit is known
                    In * unit(2, 'm') + Flow    | ''   | joins
                    """)
    void contradictingUnitsAreFound(String text, String result, String expected) {
        assertThat(units(text, result).problems())
                .anySatisfy(p -> assertThat(p.cause()).contains(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Out - In                                  | bar
                    Flow * (Out - In) / 36                    | kW
                    to(Flow * (Out - In), 'kW')               | kW
                    In + 1.013                                | bar
                    In > 3 ? In : 0                           | bar
                    to(Tank, 'bar') + In                      | bar
                    Flow / unit(3, 'm2')                      | ''
                    integral(to(Flow, 'm3/s'))                | m3
                    hours(Flow > 1)                           | h
                    rate(Temp, '1 min')                       | ''
                    Unknown + Flow                            | m3/h
                    sqrt(In / Out)                            | ''
                    sin(0.5)                                  | ''
                    """)
    void soundUnitsPass(String text, String result) {
        assertThat(units(text, result).problems()).isEmpty();
    }

    /** 36 m³/h against 10 bar is 10 kW of hydraulic power: 36/3600 m³/s x 1 000 000 Pa = 10 000 W. */
    @Test
    void toConvertsByTheUnitsOfItsPoints() {
        Evaluation power = units("to(Flow * (Out - In), 'kW')", "kW").formula().begin();
        power.set(0, 36);
        power.set(1, 11);
        power.set(2, 1);
        assertThat(power.evaluate(T0)).isCloseTo(10, within(1e-9));
        Evaluation kelvin = units("to(Temp, 'K')", "K").formula().begin();
        kelvin.set(0, 20);
        assertThat(kelvin.evaluate(T0)).isCloseTo(293.15, within(1e-9));
        for (String unit : List.of("K", "°C")) { // a difference of temperatures has no zero to be moved
            Evaluation difference = units("to(Temp - Cold, '%s')".formatted(unit), unit)
                    .formula()
                    .begin();
            difference.set(0, 50);
            difference.set(1, 20);
            assertThat(difference.evaluate(T0)).isCloseTo(30, within(1e-9));
        }
    }

    /** A dimension left out would silently switch the check off for its units. */
    @Test
    void everyUnitHasADimensionUnlessItCannotBeCalculatedWith() {
        assertThat(Units.all().stream().map(Unit::dimension).distinct().filter(d -> !Dimension.isKnown(d)))
                .containsExactlyInAnyOrder("level", "acidity", "information", "data rate");
    }

    private static double at(Evaluation e, double seconds, double value) {
        e.set(0, value);
        return e.evaluate(T0 + Math.round(seconds * S));
    }

    @Test
    void averageWeighsByTime() {
        Evaluation e = parse("avg(x, '60 s')").begin();
        at(e, 0, 10);
        at(e, 30, 20); // 10 for 30 s
        assertThat(at(e, 60, 0)).isCloseTo(15, within(0.3));
        // The window reaches back one slice further than its length: 61 s with 1 s of 10, 30 s of 20 and 30 s of 0.
        assertThat(at(e, 90, 0)).isCloseTo(610.0 / 61, within(0.3));
        assertThat(at(e, 400, 0)).isZero();
    }

    @Test
    void lowestAndHighestForgetWhatLeftTheWindow() {
        Evaluation low = parse("lowest(x, '10 s')").begin();
        Evaluation high = parse("highest(x, '10 s')").begin();
        at(low, 0, 1);
        at(low, 1, 5);
        assertThat(at(low, 5, 6)).isEqualTo(1);
        assertThat(at(low, 20, 6)).isEqualTo(6);
        at(high, 0, 9);
        at(high, 1, 5);
        assertThat(at(high, 5, 5)).isEqualTo(9);
        assertThat(at(high, 12, 5)).isEqualTo(5);
    }

    @Test
    void delayAndRateLookOneWindowBack() {
        Evaluation delay = parse("delay(x, '10 s')").begin();
        assertThat(at(delay, 0, 3)).isNaN();
        assertThat(delay.isFilling()).isTrue();
        at(delay, 4, 7);
        assertThat(at(delay, 10, 9)).isEqualTo(3);
        assertThat(delay.isFilling()).isFalse();
        assertThat(at(delay, 13.9, 9)).isEqualTo(3);
        assertThat(at(delay, 14, 9)).isEqualTo(7);
        Evaluation rate = parse("rate(x, '10 s')").begin();
        for (int t = 0; t <= 20; t++) {
            at(rate, t, 2 * t);
        }
        assertThat(at(rate, 21, 42)).isCloseTo(2, within(0.05));
    }

    /** A ramp of a million steps must not need a million places. */
    @Test
    void delayStaysExactToAThousandthOfItsWindow() {
        Evaluation delay = parse("delay(x, '100 s')").begin();
        double last = Double.NaN;
        for (int i = 0; i <= 300_000; i++) {
            last = at(delay, i / 1000.0, i / 1000.0);
        }
        assertThat(last).isCloseTo(200, within(0.2));
    }

    @Test
    void integralHoursAndCountSkipTheTimeWithoutAValue() {
        Evaluation integral = parse("integral(x)").begin();
        at(integral, 0, 2);
        at(integral, 10, 3); // 20
        integral.interrupt(T0 + 20 * S); // 30 more
        assertThat(at(integral, 100, 1)).isCloseTo(50, within(1e-9));
        assertThat(at(integral, 101, 1)).isCloseTo(51, within(1e-9));
        Evaluation hours = parse("hours(x > 0)").begin();
        at(hours, 0, 1);
        at(hours, 3600, 0);
        assertThat(at(hours, 7200, 1)).isCloseTo(1, within(1e-9));
        Evaluation count = parse("count(x > 5)").begin();
        for (double x : new double[] {9, 1, 6, 7, 2, 8}) {
            count.set(0, x);
            count.evaluate(T0);
        }
        assertThat(count.evaluate(T0)).isEqualTo(2);
        Evaluation prev = parse("x - prev(x)").begin();
        at(prev, 0, 5);
        assertThat(prev.isFilling()).isTrue();
        assertThat(at(prev, 1, 8)).isEqualTo(3);
        assertThat(at(prev, 2, 8)).isEqualTo(3);
    }
}
