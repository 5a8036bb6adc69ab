package org.uatwin.informationmodel.plant;

import static org.uatwin.informationmodel.plant.Keys.choice;
import static org.uatwin.informationmodel.plant.Keys.key;
import static org.uatwin.informationmodel.plant.Keys.number;
import static org.uatwin.informationmodel.plant.Keys.section;

import java.util.List;
import org.uatwin.informationmodel.plant.Keys.Kind;

/** The keys by which a twin says what may be sent to its setpoints. */
final class ControlKeys {
    private static final double LARGEST = Double.MAX_VALUE;

    private ControlKeys() {}

    static Keys setpoint() {
        return new Keys(
                "setpoint",
                List.of(
                        key("limits", Kind.RANGE, "values that may be sent, within the range of the type"),
                        number("rate", Kind.NUMBER, 0, LARGEST, "", "fastest change in units a second; left out: any"),
                        number(
                                "step",
                                Kind.NUMBER,
                                0,
                                LARGEST,
                                "",
                                "largest change at once in units; default what `rate` allows in a second"),
                        choice(
                                "tooFast",
                                "ramp",
                                "what becomes of a larger change: it is sent in steps, or refused",
                                "ramp",
                                "refuse"),
                        key(
                                "safe",
                                Kind.NUMBER_LIST,
                                "values that interlocks never keep back, nor the way there, for example 0 to stop"),
                        number(
                                "order",
                                Kind.INTEGER,
                                0,
                                1000,
                                "0",
                                "place among setpoints that are sent together, the smallest first")));
    }

    static Keys interlock() {
        return new Keys(
                "interlock",
                List.of(
                        key("allow", Kind.TEXT, "expression that has to be true; `asked` in it is the value to be sent")
                                .required(),
                        key("text", Kind.LOCALIZED, "what the operator reads when it is not")
                                .required(),
                        key("for", Kind.TEXT_LIST, "setpoints of this twin it guards; left out: all")));
    }

    static Keys apply() {
        return new Keys(
                "apply",
                List.of(
                        choice("role", "Engineer", "least role that may call ApplySetpoints", "Engineer", "Operator"),
                        number(
                                "maxAge",
                                Kind.DURATION,
                                1,
                                86_400,
                                "10 min",
                                "oldest recommendation of a run that is still sent"),
                        choice(
                                "onFailure",
                                "keep",
                                "what becomes of values already sent when a later one fails",
                                "keep",
                                "rollBack")));
    }

    private static Keys automaticSetpoint() {
        return new Keys(
                "automaticSetpoint",
                List.of(
                        key("limits", Kind.RANGE, "values the automatic mode may send, within the setpoint's own"),
                        number(
                                "fallback",
                                Kind.NUMBER,
                                -LARGEST,
                                LARGEST,
                                "",
                                "sent when it gives up; left out: the value stays"),
                        key("formula", Kind.TEXT, "recommends the value, instead of `objective`")));
    }

    static Keys automatic() {
        return new Keys(
                "automatic",
                List.of(
                        key("objective", Kind.TEXT, "objective of Optimize that recommends; or formulas do"),
                        number(
                                "horizon",
                                Kind.DURATION,
                                0,
                                2_678_400,
                                "0 s",
                                "how far the optimisation looks ahead; 0 s: as the objective says"),
                        number(
                                "iterations",
                                Kind.INTEGER,
                                0,
                                1_000_000,
                                "0",
                                "of the optimisation at most; 0: as the objective says"),
                        number("period", Kind.DURATION, 0.1, 86_400, "", "from one recommendation to the next")
                                .required(),
                        section(
                                        "setpoints",
                                        Kind.SECTIONS,
                                        automaticSetpoint(),
                                        "setpoints it may send: `Point`, or `twin/Point` of a part")
                                .required(),
                        key("enable", Kind.TEXT, "expression that has to be true: the plant's own switch"),
                        key("inputs", Kind.TEXT_LIST, "further points that have to be Good"),
                        number("tolerance", Kind.DURATION, 0, 3600, "5 s", "how long an input may be not Good"),
                        number(
                                "freshness",
                                Kind.DURATION,
                                0.1,
                                604_800,
                                "",
                                "age from which a recommendation is too old; default 3 periods"),
                        number("retries", Kind.INTEGER, 0, 100, "2", "failures in a row that do not yet end it"),
                        number("minFit", Kind.NUMBER, 0, 1, "0", "smallest fit of the model; 0: it is not looked at"),
                        choice(
                                "extrapolation",
                                "refuse",
                                "recommendations outside the model's validated range",
                                "refuse",
                                "allow"),
                        key(
                                "heartbeat",
                                Kind.TEXT,
                                "setpoint that changes while the mode is on, for the PLC's watchdog"),
                        number("heartbeatPeriod", Kind.DURATION, 0.1, 60, "1 s", "how often it changes"),
                        choice("role", "Engineer", "least role that may set the mode", "Engineer", "Operator"),
                        choice(
                                "afterRestart",
                                "manual",
                                "whether an automatic mode goes on after a restart of the server",
                                "manual",
                                "same")));
    }
}
