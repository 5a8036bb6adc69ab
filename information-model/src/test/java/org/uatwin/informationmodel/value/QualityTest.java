package org.uatwin.informationmodel.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of contracts section 2, row by row: an operator decides by these codes. */
class QualityTest {
    @ParameterizedTest(name = "{0}, has value {1}, within hold time {2}: {3}")
    @CsvSource({
        "ANSWERED,true,true,Good,00000000",
        "NOT_YET_READ,false,false,Bad_WaitingForInitialData,80320000",
        "NOT_BOUND,false,false,Bad_NotConnected,808A0000",
        "NO_ANSWER,true,true,Uncertain_NoCommunicationLastUsableValue,408F0000",
        "NO_ANSWER,true,false,Bad_NoCommunication,80310000",
        "NO_ANSWER,false,true,Bad_NoCommunication,80310000",
        "LINK_DOWN,true,true,Uncertain_NoCommunicationLastUsableValue,408F0000",
        "LINK_DOWN,true,false,Bad_NoCommunication,80310000",
        "LINK_DOWN,false,false,Bad_NoCommunication,80310000",
        "REFUSED_ADDRESS,true,true,Bad_ConfigurationError,80890000",
        "DEVICE_FAILURE,true,true,Bad_DeviceFailure,808B0000",
        "GARBLED,true,true,Bad_CommunicationError,80050000",
        "SWITCHED_OFF,true,true,Bad_OutOfService,808D0000",
        "OUTSIDE_VALIDITY,true,true,Bad_SensorFailure,808C0000",
        "OUTSIDE_ENGINEERING_RANGE,true,true,Uncertain_EngineeringUnitsExceeded,40940000",
        "RETAINED,true,true,Uncertain_LastUsableValue,40900000",
        "REPORTED_UNCERTAIN,true,true,Uncertain_SensorNotAccurate,40930000",
        "REPORTED_BAD,true,true,Bad_DeviceFailure,808B0000"
    })
    void statusOfSituation(Quality situation, boolean hasValue, boolean isWithinHoldTime, String name, String hex) {
        StatusCode status = situation.status(hasValue, isWithinHoldTime);
        assertThat(status.name()).isEqualTo(name);
        assertThat(status.bits()).isEqualTo(Integer.parseUnsignedInt(hex, 16));
        assertThat(status.isGood()).isEqualTo(name.startsWith("Good"));
        assertThat(status.isUncertain()).isEqualTo(name.startsWith("Uncertain"));
        assertThat(status.isBad()).isEqualTo(name.startsWith("Bad"));
    }

    @ParameterizedTest
    @CsvSource({
        "1,REFUSED_ADDRESS", "2,REFUSED_ADDRESS", "3,REFUSED_ADDRESS", "4,DEVICE_FAILURE", "5,NO_ANSWER",
        "6,NO_ANSWER", "10,NO_ANSWER", "11,NO_ANSWER", "7,GARBLED", "99,GARBLED"
    })
    void situationOfModbusException(int code, Quality situation) {
        assertThat(Quality.ofModbusException(code)).isEqualTo(situation);
    }
}
