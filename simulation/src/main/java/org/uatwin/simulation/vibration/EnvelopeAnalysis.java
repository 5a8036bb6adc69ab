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
    private final List<OrderComb> silent;

    private EnvelopeAnalysis(double shaftHz, BearingOrders orders, List<OrderComb> silent) {
        this.shaftHz = shaftHz;
        this.orders = orders;
        this.silent = silent;
    }

    /** One fault in one band. */
    private record Trace(Band band, double kurtosis, double clearness, OrderComb.Fit fit) {}

    /** Strongest first; a fault that no band can show is left out. */
    static List<FaultSign> signs(Waveform waveform, double shaftHz, BearingOrders orders) {
        List<OrderComb> silent = OrderComb.silent(orders).stream()
                .map(order -> new OrderComb(order, 0, shaftHz))
                .toList();
        EnvelopeAnalysis analysis = new EnvelopeAnalysis(shaftHz, orders, silent);
        LineSpectrum spectrum = LineSpectrum.of(waveform);
        List<FaultSign> signs = analysis.signs(spectrum.whitened(), waveform.rateHz());
        if (signs.isEmpty() || signs.get(0).isSignificant()) {
            return signs;
        }
        List<FaultSign> plain = analysis.signs(spectrum, waveform.rateHz());
        return !plain.isEmpty() && plain.get(0).score() >= BEYOND_DOUBT ? plain : signs;
    }

    private List<FaultSign> signs(LineSpectrum signal, double rateHz) {
        Map<BearingFault, List<Trace>> traces = new EnumMap<>(BearingFault.class);
        double highest = 0;
        for (BearingFault fault : BearingFault.values()) {
            highest = Math.max(highest, comb(fault).highestHz());
        }
        for (OrderComb comb : silent) {
            highest = Math.max(highest, comb.highestHz());
        }
        for (Band band : Band.tree(rateHz, NARROWEST * shaftHz)) {
            EnvelopeSpectrum spectrum = EnvelopeSpectrum.of(signal, band, shaftHz, highest + shaftHz);
            for (BearingFault fault : BearingFault.values()) {
                Trace trace = trace(comb(fault), band, spectrum);
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

    private OrderComb comb(BearingFault fault) {
        return new OrderComb(fault.order(orders), fault.sideband(orders), shaftHz);
    }

    private @Nullable Trace trace(OrderComb comb, Band band, EnvelopeSpectrum spectrum) {
        int harmonics = comb.harmonics(band.width());
        if (harmonics == 0) {
            return null;
        }
        int n = 0;
        double sum = 0;
        double squares = 0;
        for (OrderComb other : silent) {
            OrderComb like = new OrderComb(other.order(), comb.sideband(), shaftHz);
            int same = Math.min(harmonics, like.harmonics(band.width()));
            if (same > 0) {
                double height = like.fit(spectrum, same).mean();
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
