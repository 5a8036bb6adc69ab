package org.uatwin.server.method;

import static org.uatwin.server.method.MethodSignature.answer;
import static org.uatwin.server.method.MethodSignature.array;
import static org.uatwin.server.method.MethodSignature.in;
import static org.uatwin.server.method.MethodSignature.out;

import java.util.List;
import org.uatwin.server.method.MethodSignature.ArgType;

/** Signatures of the methods that change the plant. */
final class ControlSignatures {
    private ControlSignatures() {}

    static MethodSignature apply() {
        return new MethodSignature(
                MethodSignature.APPLY,
                "Sends setpoints of the twin and its parts: what a run recommends, or values given here. Everything is"
                        + " checked first, and if one value may not be sent, none is.",
                List.of(
                        in("RunId", ArgType.STRING, "Run of Optimize whose recommendation is sent; empty: none."),
                        array(
                                "PointNames",
                                ArgType.STRING,
                                "Setpoints to send, Point or twin/Point; empty: all that the run recommends."),
                        array(
                                "Values",
                                ArgType.DOUBLE,
                                "Their values, one per name, in the points' units; empty: as the run recommends."),
                        in("Reason", ArgType.STRING, "Why, for the audit trail; may be empty."),
                        in("CheckOnly", ArgType.BOOLEAN, "Only say what would be sent and what speaks against it.")),
                answer(
                        array("SetpointNames", ArgType.STRING, "Setpoints concerned, in the order they are sent."),
                        array("StatusCodes", ArgType.UINT32, "What became of each; 0 is Good."),
                        array("Results", ArgType.STRING, "The same in words."),
                        array(
                                "ValuesBefore",
                                ArgType.DOUBLE,
                                "Values before; 0 where Results says that none was known."),
                        array("ValuesAsked", ArgType.DOUBLE, "Values asked for, in the points' units."),
                        array("ValuesReadBack", ArgType.DOUBLE, "Values read back; 0 where nothing was read back.")));
    }

    /** No prediction, so without the answer block. */
    static MethodSignature setMode() {
        return new MethodSignature(
                MethodSignature.SET_MODE,
                "Switches the automatic mode that the plant file declares for this twin.",
                List.of(
                        in("Mode", ArgType.INT32, "0 off, 1 manual: advice only, 2 automatic."),
                        in("Reason", ArgType.STRING, "Why, for the audit trail; may be empty.")),
                List.of(
                        out("Success", ArgType.BOOLEAN, "False if the mode cannot be set; Message says why."),
                        out("Message", ArgType.LOCALIZED_TEXT, "Short text for the operator."),
                        out("PresentMode", ArgType.INT32, "0 off, 1 manual, 2 automatic, 3 fallback.")));
    }
}
