package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.uatwin.simulation.scenario.AnswerBlock;

/** A method's outputs framed as contracts section 4 demands: Success, Message, the method's own, the answer block. */
final class Answer {
    private Answer() {}

    static CallMethodResult of(boolean success, String message, AnswerBlock block, Object... own) {
        List<Variant> outputs = new ArrayList<>();
        outputs.add(new Variant(success));
        outputs.add(new Variant(LocalizedText.english(message)));
        for (Object value : own) {
            outputs.add(new Variant(value));
        }
        outputs.add(new Variant(block.lower()));
        outputs.add(new Variant(block.upper()));
        outputs.add(new Variant(block.confidenceLevel()));
        outputs.add(new Variant(block.unit()));
        outputs.add(new Variant(block.dataAgeSeconds()));
        outputs.add(new Variant(block.fitScore()));
        outputs.add(new Variant(block.extrapolated()));
        outputs.add(new Variant(block.modelVersion()));
        outputs.add(new Variant(LocalizedText.english(block.reason())));
        return new CallMethodResult(
                StatusCode.GOOD, new StatusCode[0], new DiagnosticInfo[0], outputs.toArray(new Variant[0]));
    }

    /** The block of an answer that is no prediction: no interval, fit not tracked. */
    static AnswerBlock plain(double value, String unit, String modelVersion, String reason) {
        return new AnswerBlock(value, value, 0, unit, 0, -1, false, modelVersion, reason);
    }
}
