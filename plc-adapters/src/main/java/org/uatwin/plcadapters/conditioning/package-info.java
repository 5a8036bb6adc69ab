/**
 * What happens to values between a link and its shard of the PointTable.
 *
 * <p>A {@link org.uatwin.plcadapters.conditioning.ConditioningStage} takes the batches of one link. Samples of points
 * without a chain pass as they are; the others go through their point's state machine, whose steps and their order are
 * those of {@link org.uatwin.informationmodel.conditioning.Conditioning}. A fast channel ends in a reducer that fills
 * the rows of its features once an interval. A {@link org.uatwin.plcadapters.conditioning.ConditionedLink} turns writes
 * back through the same chain, and adds what the steps found to what the link says of a point.
 *
 * <p>All state belongs to the lane of the shard, so one thread at a time has it; counters may be read by anyone. In
 * steady state a sample allocates nothing. No protocol is known here; how values are declared belongs to
 * {@code information-model}, points computed across links to the server.
 */
@NullMarked
package org.uatwin.plcadapters.conditioning;

import org.jspecify.annotations.NullMarked;
