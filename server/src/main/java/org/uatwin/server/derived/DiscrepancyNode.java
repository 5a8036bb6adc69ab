package org.uatwin.server.derived;

import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/** Shows who deviates in a vote. */
final class DiscrepancyNode extends RowNode {
    private final VoteNode vote;
    private final boolean isBoolean;

    /** @param inputs the voted point alone: this comes after it. */
    DiscrepancyNode(String name, VoteNode vote, Inputs inputs, Result result, ValueType type) {
        super(name, inputs, result);
        this.vote = vote;
        isBoolean = type == ValueType.BOOLEAN;
    }

    @Override
    public void evaluate(long now, boolean isTimed, SampleBatch out) {
        long receive = Math.max(now, inputs.receive());
        if (inputs.status(0) == StatusCode.BAD_WAITING_FOR_INITIAL_DATA.bits()) {
            result.status(inputs.status(0), "", inputs.source(), receive, out);
        } else {
            result.value(
                    isBoolean ? vote.deviating() == 0 ? 0 : 1 : vote.deviating(), 0, inputs.source(), receive, out);
        }
    }
}
