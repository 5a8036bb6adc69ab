package org.uatwin.simulation.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BearingCatalogueTest {
    private static final Path PAGE =
            Path.of(System.getProperty("uatwin.root", ".."), "docs", "reference", "bearings.md");
    private static final String MARK = "<!-- made from bearings.csv by BearingCatalogueTest; do not edit below -->\n";

    /** ISO 281:2007, table 2, single row and angular contact ball bearings: the factor f_c over D cos(a) / D_pw. */
    private static final PolynomialSplineFunction FACTOR = new LinearInterpolator()
            .interpolate(
                    new double[] {.05, .06, .07, .08, .09, .10, .12, .14, .16, .18, .20, .22, .24, .26, .28, .30},
                    new double[] {
                        46.7, 49.1, 51.1, 52.8, 54.3, 55.5, 57.5, 58.8, 59.6, 59.9, 59.9, 59.6, 59.0, 58.2, 57.1, 56.0
                    });

    static Iterable<CatalogueBearing> bearings() {
        return BearingCatalogue.all();
    }

    /**
     * ISO 281:2007, 5.1: C = 1.3 f_c (cos a)^0.7 Z^(2/3) D^1.8, with 3.647 D^1.4 above 25.4 mm. A wrong number of balls is 7 % away, a
     * wrong diameter 10 %: an entry that fits both the rating and the circle is the bearing it says it is.
     */
    @ParameterizedTest
    @MethodSource("bearings")
    void ratingFollowsFromTheDimensions(CatalogueBearing bearing) {
        BearingGeometry g = bearing.geometry();
        double cos = Math.cos(Math.toRadians(g.contactAngleDeg()));
        double size = g.ballDiameterMm() <= 25.4
                ? Math.pow(g.ballDiameterMm(), 1.8)
                : 3.647 * Math.pow(g.ballDiameterMm(), 1.4);
        double rating = 1.3
                * FACTOR.value(g.ballDiameterMm() * cos / g.pitchDiameterMm())
                * Math.pow(cos, 0.7)
                * Math.pow(g.balls(), 2.0 / 3)
                * size
                / 1000;
        assertThat(bearing.dynamicRatingKn()).isCloseTo(rating, Percentage.withPercentage(2));
        double middle = (bearing.boreMm() + bearing.outerMm()) / 2;
        assertThat(g.pitchDiameterMm()).isCloseTo(middle, Percentage.withPercentage(4)); // UER204 is the widest
        assertThat(g.balls() * g.ballDiameterMm()).isLessThan(0.88 * Math.PI * g.pitchDiameterMm());
    }

    @Test
    void makersAndSuffixesAreSeenThrough() {
        assertThat(named("6308")).isEqualTo("6308");
        assertThat(named(" skf 6308-2Z/C3 ")).isEqualTo("6308");
        assertThat(named("6308 2RS")).isEqualTo("6308");
        assertThat(named("6205-2RS")).isEqualTo("6205-2RS"); // has dimensions of its own
        assertThat(named("6205-2RS1")).isEqualTo("6205");
        assertThat(named("7206B")).isEqualTo("7206B");
        assertThat(named("608ZZ")).isEqualTo("608");
        assertThat(named("NU205")).isEmpty();
        assertThat(named("62050")).isEmpty();
        assertThat(named("")).isEmpty();
    }

    private static String named(String text) {
        return BearingCatalogue.find(text).map(CatalogueBearing::designation).orElse("");
    }

    @Test
    void drivenEndOfTheTestRigHasItsPublishedDimensions() {
        CatalogueBearing bearing = BearingCatalogue.find("6205-2RS").orElseThrow();
        assertThat(bearing.geometry().orders().innerRace()).isCloseTo(5.4152, within(1e-4));
    }

    /** {@code -Duatwin.write-docs=true} writes the page anew. */
    @Test
    void pageListsTheCatalogue() throws IOException {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        int mark = page.indexOf(MARK);
        assertThat(mark).as("mark in " + PAGE).isPositive();
        String fresh = page.substring(0, mark) + MARK + table();
        if (Boolean.getBoolean("uatwin.write-docs")) {
            Files.writeString(PAGE, fresh, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8)).isEqualTo(fresh);
    }

    private static String table() {
        StringBuilder text = new StringBuilder(
                """

                | name | bore, outer mm | balls | ball mm | pitch mm | angle | C kN | limit r/min | outer | inner | ball | cage |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (CatalogueBearing b : BearingCatalogue.all()) {
            BearingGeometry g = b.geometry();
            BearingOrders o = g.orders();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f, %.0f | %d | %.3f | %.2f | %.0f° | %.2f | %.0f | %.3f | %.3f | %.3f | %.4f |%n",
                    b.designation(),
                    b.boreMm(),
                    b.outerMm(),
                    g.balls(),
                    g.ballDiameterMm(),
                    g.pitchDiameterMm(),
                    g.contactAngleDeg(),
                    b.dynamicRatingKn(),
                    b.limitingSpeedRpm(),
                    o.outerRace(),
                    o.innerRace(),
                    o.ball(),
                    o.cage()));
        }
        return text.toString();
    }
}
