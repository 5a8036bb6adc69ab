package org.uatwin.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.address.WriteOutcome;

/** What clients send to a setpoint with rules: kept back, let through, or sent in steps. */
class SetpointGateTest {
    private final ControlStand s = new ControlStand();

    private WriteOutcome write(String name, double value) {
        CompletableFuture<WriteOutcome> answer = s.write(name, value);
        assertThat(answer).isDone();
        return answer.join();
    }

    @Test
    void valueWithinTheRulesIsSentAtOnce() {
        assertThat(write("pump/SpeedSetpoint", 1150)).isEqualTo(new WriteOutcome(StatusCode.GOOD, ""));
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1150.0);
        assertThat(s.gate.lastWrite(s.row("pump/SpeedSetpoint")).who()).isEqualTo("anna");
    }

    /** A SCADA write must not get past an interlock, and whoever wrote reads why. */
    @Test
    void interlockKeepsAValueBackAndSaysWhy() {
        s.set("tank/Level", 95);
        WriteOutcome outcome = write("pump/SpeedSetpoint", 1100);
        assertThat(outcome.status()).isEqualTo(StatusCode.BAD_REQUEST_NOT_ALLOWED);
        assertThat(outcome.reason())
                .isEqualTo("interlock \"Tank full\": not true: 'tank/Level' < 90 || asked <= SpeedSetpoint");
        assertThat(s.sent).isEmpty();
        assertThat(s.gate.problem(s.row("pump/SpeedSetpoint"))).contains("Tank full");
        assertThat(write("pump/SpeedSetpoint", 900).status()).isEqualTo(StatusCode.GOOD); // slower is allowed
        assertThat(s.gate.problem(s.row("pump/SpeedSetpoint"))).isEmpty();
    }

    @Test
    void inputThatIsNotGoodBlocks() {
        s.set("tank/Level", 50, StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        assertThat(write("pump/SpeedSetpoint", 1100).reason())
                .isEqualTo(
                        "interlock \"Tank full\": cannot be judged, tank/Level is Uncertain_NoCommunicationLastUsableValue");
        assertThat(s.sent).isEmpty();
    }

    /** A failed level sensor must not keep anybody from stopping the pump. */
    @Test
    void safeValuePassesEveryInterlock() {
        s.set("tank/Level", 95, StatusCode.BAD_SENSOR_FAILURE);
        assertThat(write("pump/SpeedSetpoint", 0).status()).isEqualTo(StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY);
        s.pass(30);
        assertThat(s.value("pump/SpeedSetpoint")).isZero();
        assertThat(write("pump/SpeedSetpoint", 10).status()).isEqualTo(StatusCode.BAD_REQUEST_NOT_ALLOWED);
    }

    @Test
    void limitsAreKeptEvenWithinTheRangeOfTheType() {
        WriteOutcome outcome = write("pump/SpeedSetpoint", 2950);
        assertThat(outcome.status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(outcome.reason()).isEqualTo("2950 r/min lies outside 0 r/min to 2900 r/min");
        assertThat(s.sent).isEmpty();
    }

    @Test
    void largerChangeGoesInSteps() {
        WriteOutcome outcome = write("pump/SpeedSetpoint", 1500);
        assertThat(outcome.status()).isEqualTo(StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY);
        assertThat(outcome.reason()).isEqualTo("on its way from 1000 r/min to 1500 r/min, at most 100 r/min a second");
        assertThat(s.gate.target(s.row("pump/SpeedSetpoint"))).hasValue(1500);
        s.pass(1.9);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1200.0);
        s.pass(0.2);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1200.0, 1400.0);
        s.pass(2);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1200.0, 1400.0, 1500.0);
        assertThat(s.gate.target(s.row("pump/SpeedSetpoint"))).isEmpty();
        assertThat(s.ends).hasSize(1);
        assertThat(s.ends.get(0).before()).isEqualTo(1000);
        assertThat(s.ends.get(0).why()).isEqualTo(new WriteOutcome(StatusCode.GOOD, ""));
    }

    @Test
    void interlockThatTripsOnTheWayStopsTheRest() {
        write("pump/SpeedSetpoint", 2000);
        s.pass(2.1);
        s.set("tank/Level", 91);
        s.pass(60);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1200.0, 1400.0);
        assertThat(s.ends).hasSize(1);
        assertThat(s.ends.get(0).value()).isEqualTo(1400);
        assertThat(s.ends.get(0).why().reason()).contains("Tank full");
        assertThat(s.gate.problem(s.row("pump/SpeedSetpoint"))).startsWith("stopped at 1400 r/min: interlock");
    }

    @Test
    void newValueTakesTheWayOfTheOldOne() {
        write("pump/SpeedSetpoint", 2000);
        s.pass(2.1);
        CompletableFuture<WriteOutcome> back = s.write("pump/SpeedSetpoint", 1350);
        s.pass(60);
        assertThat(back.join().status()).isEqualTo(StatusCode.GOOD);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1200.0, 1400.0, 1350.0);
        assertThat(s.ends).hasSize(1);
        assertThat(s.ends.get(0).why().reason()).isEqualTo("anna sent another value");
    }

    /** A typing error must not end what was asked for before. */
    @Test
    void refusedValueLeavesTheWayOfTheOldOne() {
        write("pump/SpeedSetpoint", 1500);
        assertThat(write("pump/SpeedSetpoint", 99_999).status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        s.pass(10);
        assertThat(s.value("pump/SpeedSetpoint")).isEqualTo(1500);
    }

    @Test
    void largerChangeIsRefusedWhereThePlantFileSaysSo() {
        ControlStand r = new ControlStand("setpoints: {SpeedSetpoint: {rate: 100, tooFast: refuse}}", "");
        WriteOutcome outcome = r.write("pump/SpeedSetpoint", 1101).join();
        assertThat(outcome.status()).isEqualTo(StatusCode.BAD_REQUEST_NOT_ALLOWED);
        assertThat(outcome.reason())
                .isEqualTo("from 1000 r/min to 1101 r/min is too large a step: at most 100 r/min at once");
        assertThat(r.write("pump/SpeedSetpoint", 1100).join().status()).isEqualTo(StatusCode.GOOD);
        assertThat(r.write("pump/SpeedSetpoint", 1150).join().reason())
                .isEqualTo("it moved a moment ago; at most 100 r/min a second");
        r.pass(0.5);
        assertThat(r.write("pump/SpeedSetpoint", 1150).join().status()).isEqualTo(StatusCode.GOOD);
    }

    /** From a value nobody knows no step can be judged. */
    @Test
    void unknownPresentValueBlocksASetpointWithARate() {
        s.set("pump/SpeedSetpoint", 1000, StatusCode.BAD_NO_COMMUNICATION);
        ControlStand r = new ControlStand("setpoints: {SpeedSetpoint: {rate: 100}}", "");
        r.set("pump/SpeedSetpoint", 1000, StatusCode.BAD_NO_COMMUNICATION);
        assertThat(r.write("pump/SpeedSetpoint", 1010).join().reason())
                .isEqualTo("its present value is Bad_NoCommunication, so no step can be judged");
        assertThat(r.sent).isEmpty();
    }

    /** The device may have a value whose answer was lost: the next step waits until it was read. */
    @Test
    void afterAnUnconfirmedWriteTheDeviceIsReadFirst() {
        s.answers = ControlStand.Answer.LOST;
        assertThat(write("pump/SpeedSetpoint", 1200).status()).isEqualTo(StatusCode.BAD_TIMEOUT);
        s.answers = ControlStand.Answer.CONFIRMED;
        CompletableFuture<WriteOutcome> next = s.write("pump/SpeedSetpoint", 1300);
        s.pass(3);
        assertThat(next).isNotDone();
        s.set("pump/SpeedSetpoint", 1200);
        s.pass(0.2);
        assertThat(next.join().status()).isEqualTo(StatusCode.GOOD);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1200.0, 1300.0);
    }

    @Test
    void failedStepEndsTheWay() {
        write("pump/SpeedSetpoint", 2000);
        s.answers = ControlStand.Answer.REFUSED;
        s.pass(2.1);
        s.answers = ControlStand.Answer.CONFIRMED;
        s.pass(60);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1200.0);
        assertThat(s.ends.get(0).why().status()).isEqualTo(StatusCode.BAD_DEVICE_FAILURE);
    }

    @Test
    void oneValueIsUnderWayAtATime() {
        s.answers = ControlStand.Answer.LATER;
        CompletableFuture<WriteOutcome> first = s.write("pump/SpeedSetpoint", 1050);
        CompletableFuture<WriteOutcome> second = s.write("pump/SpeedSetpoint", 1090);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1050.0);
        s.answer(StatusCode.GOOD);
        assertThat(first.join().status()).isEqualTo(StatusCode.GOOD);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1050.0, 1090.0);
        s.answer(StatusCode.GOOD);
        assertThat(second.join().status()).isEqualTo(StatusCode.GOOD);
    }

    @Test
    void setpointWithoutRulesPassesUntouched() {
        assertThat(write("tank/Valve", 77)).isEqualTo(new WriteOutcome(StatusCode.GOOD, ""));
        assertThat(s.sent).hasSize(1);
    }

    /** What is checked before several setpoints are sent says everything at once. */
    @Test
    void checkNamesEveryReason() {
        s.set("tank/Level", 95);
        Verdict verdict = s.gate.check(s.row("pump/SpeedSetpoint"), 2950);
        assertThat(verdict.status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(verdict.reasons()).hasSize(2).element(1).asString().contains("Tank full");
        assertThat(s.gate.check(s.row("tank/Valve"), 101).text()).isEqualTo("101 % lies outside 0 % to 100 %");
        s.set("tank/Level", 50);
        assertThat(s.gate.check(s.row("pump/SpeedSetpoint"), 2000).seconds()).isEqualTo(8); // 200 at once, then 100/s
        assertThat(s.sent).isEmpty();
    }

    /** A reload that changes the rules ends what was under way by the old ones. */
    @Test
    void reloadStopsAChangeUnderWay() {
        write("pump/SpeedSetpoint", 2000);
        s.gate.prepare(s.live);
        s.gate.settle(s.live);
        s.pass(2.1);
        assertThat(s.values("pump/SpeedSetpoint")).hasSize(2); // the rules are the same: it goes on
        s.gate.prepare(ControlStand.plant("setpoints: {SpeedSetpoint: {rate: 1}}", ""));
        s.pass(60);
        assertThat(s.values("pump/SpeedSetpoint")).isEqualTo(List.of(1200.0, 1400.0));
        assertThat(s.ends.get(0).why().reason()).isEqualTo("the plant was reloaded");
    }
}
