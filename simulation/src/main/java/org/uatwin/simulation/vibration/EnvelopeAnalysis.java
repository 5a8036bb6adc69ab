package org.uatwin.simulation.vibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for each fault's order in the envelopes of all bands. In a band a comb's height is compared with combs at orders at which
 * nothing happens: so many standard deviations above them, 0 to 4, squared; the score is the mean of the bands. A fault that shows
 * in a few bands is found without knowing beforehand in which, and one high line in one band does not decide.
 *
 * <p>The spectrum is whitened first. Knocks without any slip, as of a simulation, are tones to that and vanish; if nothing shows, the
 * spectrum as it is has a say, but only what is beyond doubt there: tones and their modulation look like faults as well.
 */
final class EnvelopeAnalysis {
    private static final double NARROWEST = 10; // shaft turns a second: a band must hold some harmonics
    private static final double CLEAREST = 4; // standard deviations that count
    private static final int FEWEST_SILENT = 10;
    private static final double BEYOND_DOUBT = FaultSign.HIGHEST / 2;

    private final double shaftHz;
    private final BearingOrders orders;
    private final Map<BearingFault, OrderComb.Placed> combs = new EnumMap<>(BearingFault.class);
    private final Map<BearingFault, List<OrderComb.Placed>> silent =
            new EnumMap<>(BearingFault.class); // with its sidebands
    private final double highestHz;

    private EnvelopeAnalysis(double shaftHz, BearingOrders orders, double stepHz) {
        this.shaftHz = shaftHz;
        this.orders = orders;
        double highest = 0;
        for (BearingFault fault : BearingFault.values()) {
            double sideband = fault.sideband(orders);
            OrderComb comb = new OrderComb(fault.order(orders), sideband, shaftHz);
            highest = Math.max(highest, comb.highestHz());
            combs.put(fault, comb.placed(stepHz));
            List<OrderComb.Placed> others = new ArrayList<>();
            for (double order : OrderComb.silent(orders)) {
                highest = Math.max(highest, new OrderComb(order, 0, shaftHz).highestHz());
                others.add(new OrderComb(order, sideband, shaftHz).placed(stepHz));
            }
            silent.put(fault, others);
        }
        highestHz = highest;
    }

    /** One fault in one band. */
    private record Trace(Band band, double kurtosis, double clearness, OrderComb.Fit fit) {}

    /** Strongest first; a fault that no band can show is left out. */
    static List<FaultSign> signs(Waveform waveform, double shaftHz, BearingOrders orders) {
        LineSpectrum spectrum = LineSpectrum.of(waveform);
        EnvelopeAnalysis analysis = new EnvelopeAnalysis(shaftHz, orders, EnvelopeSpectrum.stepHz(spectrum));
        List<FaultSign> signs = analysis.signs(spectrum.whitened(), waveform.rateHz());
        if (signs.isEmpty() || signs.get(0).isSignificant()) {
            return signs;
        }
        List<FaultSign> plain = analysis.signs(spectrum, waveform.rateHz());
        return !plain.isEmpty() && plain.get(0).score() >= BEYOND_DOUBT ? plain : signs;
    }

    private List<FaultSign> signs(LineSpectrum signal, double rateHz) {
        Map<BearingFault, List<Trace>> traces = new EnumMap<>(BearingFault.class);
        for (Band band : Band.tree(rateHz, NARROWEST * shaftHz)) {
            EnvelopeSpectrum spectrum = EnvelopeSpectrum.of(signal, band, shaftHz, highestHz + shaftHz);
            for (BearingFault fault : BearingFault.values()) {
                Trace trace = trace(fault, band, spectrum);
                if (trace != null) {
                    traces.computeIfAbsent(fault, any -> new ArrayList<>()).add(trace);
                }
            }
        }
        List<FaultSign> signs = new ArrayList<>();
        traces.forEach((fault, found) -> signs.add(sign(fault, found)));
        signs.sort(Comparator.comparingDouble(FaultSign::score).reversed());
        return signs;
    }

    private @Nullable Trace trace(BearingFault fault, Band band, EnvelopeSpectrum spectrum) {
        OrderComb.Placed comb = combs.get(fault);
        int harmonics = comb == null ? 0 : comb.comb().harmonics(band.width());
        if (comb == null || harmonics == 0) {
            return null;
        }
        int n = 0;
        double sum = 0;
        double squares = 0;
        for (OrderComb.Placed other : silent.getOrDefault(fault, List.of())) {
            int same = Math.min(harmonics, other.comb().harmonics(band.width()));
            if (same > 0) {
                double height = other.height(spectrum, same);
                n++;
                sum += height;
                squares += height * height;
            }
        }
        if (n < FEWEST_SILENT) {
            return null;
        }
        double mean = sum / n;
        double spread = Math.sqrt(Math.max(0, squares / n - mean * mean));
        OrderComb.Fit fit = comb.fit(spectrum, harmonics);
        return spread > 0 ? new Trace(band, spectrum.kurtosis(), (fit.mean() - mean) / spread, fit) : null;
    }

    private FaultSign sign(BearingFault fault, List<Trace> traces) {
        double sum = 0;
        Trace best = traces.get(0);
        for (Trace trace : traces) {
            double clear = Math.min(CLEAREST, Math.max(0, trace.clearness()));
            sum += clear * clear;
            best = trace.clearness() > best.clearness() ? trace : best;
        }
        OrderComb.Fit fit = best.fit();
        return new FaultSign(
                fault,
                sum / traces.size(),
                fault.order(orders),
                fit.order(),
                fit.harmonics(),
                fit.looked(),
                10 / StrictMath.log(10) * fit.meanOfHarmonics(),
                best.band().lowHz(),
                best.band().highHz(),
                best.kurtosis());
    }
}
