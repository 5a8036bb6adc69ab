package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusTable;

/** When a request has to wait because the answer to an earlier one could be taken for its own. */
class LateAnswersTest {
    private static final long TIMEOUT = 200;
    private static final Pdu FIRST = Pdu.read(ModbusTable.HOLDING_REGISTER, 0, 4);
    private static final Pdu SAME_LENGTH = Pdu.read(ModbusTable.HOLDING_REGISTER, 50, 4);
    private static final Pdu OTHER_LENGTH = Pdu.read(ModbusTable.HOLDING_REGISTER, 50, 5);
    private static final Pdu OTHER_TABLE = Pdu.read(ModbusTable.INPUT_REGISTER, 0, 4);

    private final LateAnswers late = new LateAnswers();

    @BeforeEach
    void oneRequestStaysWithoutAnswer() {
        late.sent(1, FIRST, 1_000, TIMEOUT);
        late.unanswered(1);
    }

    @Test
    void onlyWhatTheAnswerWouldFitWaits() {
        assertThat(late.readyNs(1, SAME_LENGTH)).isEqualTo(1_400);
        assertThat(late.readyNs(1, OTHER_LENGTH)).isLessThan(1_200);
        assertThat(late.readyNs(1, OTHER_TABLE)).isLessThan(1_200);
        assertThat(late.readyNs(2, SAME_LENGTH)).isLessThan(1_200);
    }

    @Test
    void theSameQuestionMayBeRepeatedAtOnce() {
        assertThat(late.readyNs(1, Pdu.read(ModbusTable.HOLDING_REGISTER, 0, 4)))
                .isLessThan(1_200);
    }

    /** The answer to the repetition may have been that to the first: then one is still to come. */
    @Test
    void afterARepetitionThatWasAnsweredEverythingOfItsShapeWaits() {
        late.sent(1, FIRST, 1_200, TIMEOUT);
        late.answered(1, FIRST, 1_350, TIMEOUT);
        assertThat(late.readyNs(1, SAME_LENGTH)).isEqualTo(1_750);
        assertThat(late.readyNs(1, FIRST)).isEqualTo(1_750);
        late.sent(1, OTHER_LENGTH, 1_800, TIMEOUT);
        late.answered(1, OTHER_LENGTH, 1_810, TIMEOUT);
        assertThat(late.readyNs(1, SAME_LENGTH)).isLessThan(1_810);
    }

    @Test
    void anAnswerInTimeKeepsNobodyWaiting() {
        late.forget();
        late.sent(1, FIRST, 2_000, TIMEOUT);
        late.answered(1, FIRST, 2_010, TIMEOUT);
        assertThat(late.readyNs(1, SAME_LENGTH)).isLessThan(2_010);
    }

    /** Writes are told apart by the address they echo. */
    @Test
    void aWriteWaitsOnlyForAnEarlierWriteToTheSamePlace() {
        late.sent(1, Pdu.writeRegister(7, 1), 1_500, TIMEOUT);
        late.unanswered(1);
        assertThat(late.readyNs(1, Pdu.writeRegister(8, 1))).isLessThan(1_500);
        byte[] two = {0, 1, 0, 2};
        late.sent(1, Pdu.writeMany(ModbusTable.HOLDING_REGISTER, 20, 2, two), 1_600, TIMEOUT);
        late.unanswered(1);
        byte[] other = {0, 1, 0, 3};
        assertThat(late.readyNs(1, Pdu.writeMany(ModbusTable.HOLDING_REGISTER, 20, 2, other)))
                .isEqualTo(2_000);
    }
}
