package org.uatwin.plcadapters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.plant.ModbusTable;

/** What a survey finds out about devices with limits and holes, and how it treats those that are silent. */
class SurveyTest {
    private static final ModbusTable HOLDING = ModbusTable.HOLDING_REGISTER;

    /** A device of registers that hold their own offset. */
    private static final class Device implements Reads {
        int most = 125;
        int firstMissing = -1;
        int lastMissing = -1;
        int code = 2;
        boolean isSilent;
        boolean isSilentInsteadOfRefusing;
        final List<Integer> quantities = new ArrayList<>();

        @Override
        public Answer read(int unitId, ModbusTable table, int offset, int quantity) {
            quantities.add(quantity);
            if (isSilent) {
                return failed(Outcome.SILENT, 0, "no answer");
            }
            boolean isMissing = offset <= lastMissing && offset + quantity > firstMissing;
            if (isMissing || quantity > most) {
                return isSilentInsteadOfRefusing
                        ? failed(Outcome.SILENT, 0, "no answer")
                        : failed(Outcome.REFUSED, isMissing ? code : 3, "exception");
            }
            byte[] data = new byte[2 * quantity];
            for (int i = 0; i < quantity; i++) {
                data[2 * i] = (byte) ((offset + i) >> 8);
                data[2 * i + 1] = (byte) (offset + i);
            }
            return new Answer(Outcome.ANSWERED, 0, data, 4 + 0.5 * quantity, "");
        }

        private static Answer failed(Outcome outcome, int code, String text) {
            return new Answer(outcome, code, new byte[0], 0, text);
        }
    }

    private final Device device = new Device();
    private final Survey survey = new Survey(device, Progress.NONE);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 60, 100, 123, 124, 125})
    void theLargestReadIsFound(int most) {
        device.most = most;
        TableSurvey found = survey.table(1, HOLDING, 100, 200);
        assertThat(found.largestRead()).isEqualTo(most);
        assertThat(found.isLimit()).isEqualTo(most < 125);
        assertThat(found.series().presentCount()).isEqualTo(200);
        assertThat(found.refused()).isEmpty();
        assertThat(device.quantities).allMatch(q -> q <= 125);
        assertThat(device.quantities.size()).isLessThan(2 * (200 / most) + 40);
    }

    @Test
    void aRangeShorterThanTheLimitSaysOnlyThatMuch() {
        TableSurvey found = survey.table(1, HOLDING, 0, 10);
        assertThat(found.largestRead()).isEqualTo(10);
        assertThat(found.isLimit()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void missingOffsetsAreFoundAndTheLimitIsStillRight(int code) {
        device.most = 16;
        device.firstMissing = 140;
        device.lastMissing = 149;
        device.code = code;
        TableSurvey found = survey.table(1, HOLDING, 100, 100);
        assertThat(found.refused()).singleElement().satisfies(r -> {
            assertThat(r.range().first()).isEqualTo(140);
            assertThat(r.range().last()).isEqualTo(149);
        });
        assertThat(found.largestRead()).isEqualTo(16);
        assertThat(found.chunks()).allMatch(c -> c.offset() > 149 || c.offset() + c.quantity() <= 140);
        survey.again(1, found);
        IntStream.range(0, 100)
                .filter(i -> found.series().has(i, 1))
                .forEach(i -> assertThat(found.series().register(1, i)).isEqualTo(100 + i));
        assertThat(found.series().presentCount()).isEqualTo(90);
    }

    /** Some devices do not answer at all where they should refuse. */
    @Test
    void silenceInsteadOfARefusalIsUnderstood() {
        device.firstMissing = 20;
        device.lastMissing = 21;
        device.isSilentInsteadOfRefusing = true;
        TableSurvey found = survey.table(1, HOLDING, 0, 40);
        assertThat(found.series().presentCount()).isEqualTo(38);
        assertThat(found.refused()).singleElement().satisfies(r -> assertThat(r.cause())
                .isEqualTo("no answer"));
    }

    /** A survey must not wait a timeout for each of a thousand registers of a device that is not there. */
    @Test
    void aDeviceThatIsNotThereIsGivenUpSoon() {
        device.isSilent = true;
        TableSurvey found = survey.table(1, HOLDING, 0, 1000);
        assertThat(found.chunks()).isEmpty();
        assertThat(device.quantities).hasSizeLessThan(20);
    }

    @Test
    void timesGiveTheGapWorthReadingThrough() {
        TableSurvey found = survey.table(1, HOLDING, 0, 125);
        Survey.Times times = survey.times(1, found);
        assertThat(times.one()).isEqualTo(4.5);
        assertThat(times.worthwhileGap(50)).isEqualTo(9); // 4.5 ms at 0.5 ms a register
        assertThat(times.worthwhileGap(5)).isEqualTo(5);
    }

    @Test
    void unitIdsThatRefuseAreThereAndThoseBehindAGatewayThatDoNotAnswerAreNot() {
        Reads gateway = (unit, table, offset, quantity) -> switch (unit) {
            case 1 -> new Reads.Answer(Reads.Outcome.ANSWERED, 0, new byte[2], 1, "");
            case 2 -> new Reads.Answer(Reads.Outcome.REFUSED, 2, new byte[0], 1, "exception 02");
            case 3 -> new Reads.Answer(Reads.Outcome.REFUSED, 11, new byte[0], 1, "exception 0B");
            default -> new Reads.Answer(Reads.Outcome.SILENT, 0, new byte[0], 1, "no answer");
        };
        assertThat(new Survey(gateway, Progress.NONE).units(List.of(1, 2, 3, 4), HOLDING, 0))
                .filteredOn(Survey.UnitAnswer::isThere)
                .extracting(Survey.UnitAnswer::unitId)
                .containsExactly(1, 2);
    }
}
