package org.uatwin.server.derived;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.expression.Evaluation;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SavedState;
import org.uatwin.informationmodel.value.StatusCode;

/** A point computed by a formula. */
final class FormulaNode extends RowNode {
    private static final int BAD = 0x8000_0000;

    private final long step;
    private Evaluation evaluation;
    private long due;

    FormulaNode(String name, Formula formula, Inputs inputs, Result result) {
        super(name, inputs, result);
        evaluation = formula.begin();
        step = formula.stepTicks();
        due = inputs.size() == 0 ? 0 : Long.MAX_VALUE;
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public void evaluate(long now, boolean isTimed, SampleBatch out) {
        int worst = inputs.worst();
        long source = isTimed ? now : inputs.source();
        long receive = Math.max(now, inputs.receive());
        due = step == 0 ? Long.MAX_VALUE : now + step;
        if ((worst & BAD) != 0) {
            evaluation.interrupt(receive);
            due = Long.MAX_VALUE;
            result.status(worst, bad(), source, receive, out);
            return;
        }
        for (int i = 0; i < inputs.size(); i++) {
            evaluation.set(i, inputs.value(i));
        }
        double value = evaluation.evaluate(receive);
        if (evaluation.isFilling()) {
            result.status(
                    StatusCode.BAD_WAITING_FOR_INITIAL_DATA.bits(),
                    "not enough has been seen for %s yet"
                            .formatted(evaluation.formula().text()),
                    source,
                    receive,
                    out);
        } else {
            result.value(value, worst, source, receive, out);
        }
    }

    /** The first input that is Bad, by its name. */
    private String bad() {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.isBad(i)) {
                return "%s is %s".formatted(evaluation.formula().references().get(i), StatusCode.of(inputs.status(i)));
            }
        }
        return "";
    }

    @Override
    public byte @Nullable [] save() {
        return evaluation.hasMemory() ? SavedState.of(evaluation.formula().text(), evaluation::save) : null;
    }

    @Override
    public void restore(byte[] saved) {
        Evaluation restored = evaluation.formula().begin();
        if (SavedState.restore(saved, restored.formula().text(), restored::restore)) {
            evaluation = restored;
        }
    }

    @Override
    public void adopt(Node other) {
        if (other instanceof FormulaNode node
                && node.evaluation.formula().text().equals(evaluation.formula().text())) {
            evaluation = node.evaluation;
        }
    }
}
