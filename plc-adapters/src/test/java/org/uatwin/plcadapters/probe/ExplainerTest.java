package org.uatwin.plcadapters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;

/** Whether the right types and byte order are found in registers alone. */
class ExplainerTest {
    private static final int MAPS = 200;

    private static PlantMap map(long seed) {
        return new PlantMap(seed * 7919 + 17, Explainer.ORDERS.get((int) (seed % 4)));
    }

    /** Must-show 5 of commissioning: the right order is marked in at least 9 of 10 randomised maps. */
    @ParameterizedTest
    @ValueSource(ints = {3, 6, 10})
    void theRightOrderIsFoundInNineOfTenMaps(int polls) {
        List<Long> wrong = new ArrayList<>();
        for (long seed = 0; seed < MAPS; seed++) {
            PlantMap map = map(seed);
            WordOrder found =
                    Explainer.rank(List.of(map.series(polls))).get(0).get(0).order();
            if (!found.equals(map.order)) {
                wrong.add(seed);
            }
        }
        assertThat(wrong).as("seeds").hasSizeLessThanOrEqualTo(MAPS / 10);
    }

    /** What is said to be clear must be right: a wrong answer with confidence does more harm than none. */
    @Test
    void aClearAnswerIsRight() {
        int clear = 0;
        for (long seed = 1_000; seed < 1_000 + MAPS; seed++) {
            PlantMap map = map(seed);
            List<List<Explanation>> ranked = Explainer.rank(List.of(map.series(6)));
            if (Explainer.total(ranked.get(1)) - Explainer.total(ranked.get(0)) >= 10) {
                clear++;
                assertThat(ranked.get(0).get(0).order()).as("seed %d", seed).isEqualTo(map.order);
            }
        }
        assertThat(clear).isGreaterThan(MAPS * 8 / 10);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64", "STRING"})
    void valuesAreFoundAtTheirPlace(RegisterType type) {
        long all = 0;
        long found = 0;
        for (long seed = 0; seed < MAPS; seed++) {
            PlantMap map = map(seed);
            List<Integer> there = map.offsets(type);
            all += there.size();
            found += Explainer.rank(List.of(map.series(6))).get(0).get(0).pieces().stream()
                    .filter(p -> p.type() == type && there.contains(map.offset + p.at()))
                    .count();
        }
        assertThat((double) found / all).isGreaterThan(0.9);
    }

    /** Registers that say the same in every order decide nothing, and the margin says so. */
    @Test
    void nothingIsDecidedWhereNothingCanBe() {
        RegisterSeries series = new RegisterSeries(0, 20);
        for (int poll = 0; poll < 6; poll++) {
            series.beginPoll();
            byte[] registers = new byte[40];
            registers[5] = 3;
            registers[21] = (byte) poll;
            series.add(0, registers);
        }
        List<List<Explanation>> ranked = Explainer.rank(List.of(series));
        assertThat(Explainer.total(ranked.get(1)) - Explainer.total(ranked.get(0)))
                .isLessThan(3);
    }

    /** A text is a text and no numbers; its bytes may be swapped. */
    @Test
    void swappedTextsAreReadRight() {
        RegisterSeries series = new RegisterSeries(0, 14);
        series.beginPoll();
        series.add(0, "uPpmS atitno".getBytes(StandardCharsets.ISO_8859_1));
        series.add(8, "iLenN rohtt ".getBytes(StandardCharsets.ISO_8859_1));
        Explanation best = Explainer.rank(List.of(series)).get(0).get(0);
        assertThat(best.areSinglesSwapped()).isTrue();
        assertThat(best.pieces())
                .filteredOn(p -> p.type() == RegisterType.STRING)
                .extracting(p -> RegisterValues.characters(series, 0, p.at(), p.registers(), p.order()))
                .containsExactly("Pump Station", "Line North t");
    }
}
