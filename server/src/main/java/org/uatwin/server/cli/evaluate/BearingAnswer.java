package org.uatwin.server.cli.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.uatwin.simulation.vibration.BearingDiagnosis;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.FaultSign;
import org.uatwin.simulation.vibration.VibrationFindings;
import org.uatwin.simulation.vibration.VibrationZone;

/**
 * What was found in one file.
 *
 * @param velocityMmPerS r.m.s. from 10 Hz to 1 kHz; NaN if the unit of the samples is not known.
 * @param zone of the machine's class; empty if that or the velocity is not known.
 */
record BearingAnswer(BearingDiagnosis diagnosis, double velocityMmPerS, Optional<VibrationZone> zone) {
    private static final String COLUMNS =
            "file,fault,confidence,order_expected,order_found,harmonics,prominence_db,band_low_hz,band_high_hz,"
                    + "score_ir,score_or,score_b,rms,crest,kurtosis,velocity_mm_s,zone,nearest,nearest_db";

    /** A table of the answers; cells are empty where there is nothing to say. */
    static String csv(List<BearingAnswer> answers) {
        StringBuilder csv = new StringBuilder(COLUMNS).append('\n');
        answers.forEach(answer -> csv.append(answer.row()).append('\n'));
        return csv.toString();
    }

    private String row() {
        VibrationFindings findings = diagnosis.findings();
        String sign = diagnosis
                .sign()
                .map(s -> String.format(
                        Locale.ROOT,
                        "%.4f,%.4f,%d,%.2f,%.0f,%.0f",
                        s.orderExpected(),
                        s.orderFound(),
                        s.harmonics(),
                        s.prominenceDb(),
                        s.bandLowHz(),
                        s.bandHighHz()))
                .orElse(",,,,,");
        return String.join(
                ",",
                diagnosis.name(),
                diagnosis.fault(),
                number("%.3f", diagnosis.confidence()),
                sign,
                score(BearingFault.INNER_RACE),
                score(BearingFault.OUTER_RACE),
                score(BearingFault.BALL),
                number("%.5g", findings.rms()),
                number("%.2f", findings.crest()),
                number("%.2f", findings.kurtosis()),
                number("%.3g", velocityMmPerS),
                zone.map(VibrationZone::name).orElse(""),
                diagnosis.likest(),
                number("%.2f", diagnosis.likestDb()));
    }

    private String score(BearingFault fault) {
        return diagnosis
                .findings()
                .sign(fault)
                .map(s -> number("%.2f", s.score()))
                .orElse("");
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
    }

    /** For a line of a table on a terminal: what the named fault's order looks like. */
    String order() {
        return diagnosis
                .sign()
                .map(s -> String.format(Locale.ROOT, "%.3f (%.3f)", s.orderFound(), s.orderExpected()))
                .orElse("-");
    }

    String prominence() {
        return diagnosis
                .sign()
                .map(s -> String.format(
                        Locale.ROOT, "%.1f dB, %d of %d", s.prominenceDb(), s.harmonics(), s.harmonicsLooked()))
                .orElse("-");
    }

    String band() {
        return diagnosis
                .sign()
                .map(s -> String.format(Locale.ROOT, "%.0f..%.0f Hz", s.bandLowHz(), s.bandHighHz()))
                .orElse("-");
    }

    String score() {
        return diagnosis
                .sign()
                .map(FaultSign::score)
                .map(s -> String.format(Locale.ROOT, "%.1f", s))
                .orElse("-");
    }
}
