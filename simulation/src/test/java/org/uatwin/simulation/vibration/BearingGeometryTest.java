package org.uatwin.simulation.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BearingGeometryTest {
    /** As published with the Case Western Reserve University bearing data, for its drive-end bearing. */
    @Test
    void ordersOfA6205AreThosePublished() {
        BearingOrders orders = new BearingGeometry(9, 0.3126 * 25.4, 1.537 * 25.4, 0).orders();
        assertThat(orders.innerRace()).isCloseTo(5.4152, within(1e-4));
        assertThat(orders.outerRace()).isCloseTo(3.5848, within(1e-4));
        assertThat(orders.cage()).isCloseTo(0.39828, within(5e-5));
        assertThat(orders.ball()).isCloseTo(4.7135, within(1e-4));
    }

    /** Each ball passes a point of either race; together they pass both as often as the shaft turns against the housing. */
    @Test
    void racesTogetherSeeEveryBallOnceATurn() {
        for (CatalogueBearing bearing : BearingCatalogue.all()) {
            BearingOrders orders = bearing.geometry().orders();
            int balls = bearing.geometry().balls();
            assertThat(orders.innerRace() + orders.outerRace()).isCloseTo(balls, within(1e-9));
            assertThat(orders.outerRace()).isCloseTo(balls * orders.cage(), within(1e-9));
            assertThat(orders.cage()).isBetween(0.3, 0.5);
        }
    }

    @Test
    void impossibleBearingsAreRefused() {
        assertThatThrownBy(() -> new BearingGeometry(2, 8, 40, 0)).hasMessageContaining("2 balls");
        assertThatThrownBy(() -> new BearingGeometry(9, 40, 40, 0)).hasMessageContaining("balls of 40.0 mm");
        assertThatThrownBy(() -> new BearingGeometry(9, 8, 40, 90)).hasMessageContaining("90.0 degrees");
    }
}
