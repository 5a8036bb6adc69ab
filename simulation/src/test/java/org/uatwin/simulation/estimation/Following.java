package org.uatwin.simulation.estimation;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.virtual.VirtualMachine;

/** A twin that follows a virtual machine over virtual time: the machine's sensors are read once a second. */
final class Following {
    private static final long START = 133_000_000_000_000_000L; // ticks; some day in 2022

    final TwinEstimator twin;
    final VirtualMachine machine;
    final ModelBinding binding;
    private final List<String> channels;
    private ToDoubleFunction<String> error = point -> 0; // added to what a sensor shows
    long seconds;

    Following(String model, Map<String, Double> parameters, VirtualMachine machine) {
        this(model, parameters, machine, EstimatorSettings.defaults());
    }

    Following(String model, Map<String, Double> parameters, VirtualMachine machine, EstimatorSettings settings) {
        binding = ModelBinding.of("twin", ModelRegistry.builtIn().find(model).orElseThrow(), parameters);
        twin = new TwinEstimator(binding, settings);
        this.machine = machine;
        channels = twin.channels();
    }

    /** From now on sensors show this much more. */
    void sensorsShow(ToDoubleFunction<String> more) {
        error = more;
    }

    long now() {
        return START + seconds * UaTime.TICKS_PER_SECOND;
    }

    /** Lets machine and twin run. */
    void run(long forSeconds) {
        for (long i = 0; i < forSeconds; i++) {
            machine.step(1);
            seconds++;
            for (int c = 0; c < channels.size(); c++) {
                String point = channels.get(c);
                if (machine.points().contains(point)) {
                    double value = machine.value(point);
                    twin.offer(c, value + error.applyAsDouble(point), SampleQuality.GOOD, now());
                }
            }
            twin.advance(now());
        }
    }

    Synchronisation.Quantity quantity(String name) {
        return twin.report().quantities().stream()
                .filter(q -> q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Synchronisation.Output output(String point) {
        return twin.report().outputs().stream()
                .filter(o -> o.point().equals(point))
                .findFirst()
                .orElseThrow();
    }
}
