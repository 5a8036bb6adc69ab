package org.uatwin.server.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.informationmodel.control.AutomaticSetpoint;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** Recommends what the formulas of the plant file say of the live values. */
public final class FormulaRecommender implements Recommender {
    private final Supplier<LivePlant> live;
    private final ControlTime time;

    public FormulaRecommender(Supplier<LivePlant> live, ControlTime time) {
        this.live = live;
        this.time = time;
    }

    @Override
    public Question ask(TwinInstance twin, AutomaticRule rule) {
        Answer answer = answer(twin, rule);
        return new Question() {
            @Override
            public Optional<Answer> poll() {
                return Optional.of(answer);
            }

            @Override
            public void cancel() {
                // there is nothing under way
            }
        };
    }

    private Answer answer(TwinInstance twin, AutomaticRule rule) {
        List<SetpointBatch.Wanted> values = new ArrayList<>();
        for (AutomaticSetpoint setpoint : rule.setpoints()) {
            Optional<SetpointNames.Setpoint> found =
                    SetpointNames.find(live.get(), twin, setpoint.point().toString());
            Optional<Formula> formula = setpoint.formula();
            if (found.isEmpty() || formula.isEmpty()) {
                return new Answer(Optional.empty(), "%s has no formula".formatted(setpoint.point()));
            }
            Condition.Result result = new Condition(
                            live.get(),
                            twin,
                            formula.get(),
                            null,
                            Optional.of(found.get().point()))
                    .evaluate(Double.NaN, time.ticks());
            if (!result.missing().isEmpty()) {
                return new Answer(Optional.empty(), "%s: %s".formatted(setpoint.point(), result.missing()));
            }
            values.add(
                    new SetpointBatch.Wanted(found.get().instance(), found.get().ordinal(), result.number()));
        }
        return new Answer(Optional.of(new Recommendation("", values, time.ticks(), -1, false, "")), "");
    }
}
