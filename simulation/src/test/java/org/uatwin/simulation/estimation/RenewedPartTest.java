package org.uatwin.simulation.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.virtual.VirtualFault;
import org.uatwin.simulation.virtual.VirtualPump;

/** Wear does not heal, but parts are replaced: an estimator that is told so believes it at once. */
class RenewedPartTest {
    @Test
    void aReplacedImpellerIsBelieved() {
        Following f = new Following("CentrifugalPump", Map.of(), new VirtualPump(3));
        f.run(1500);
        double before = f.quantity("ImpellerArea").value();
        f.machine.setFault(VirtualFault.WEAR, 0.3);
        f.run(900);
        double worn = f.quantity("ImpellerArea").value();
        assertThat(worn).isLessThan(0.97 * before);
        f.machine.clearFaults();
        f.machine.repair();
        assertThat(f.twin.renew("ImpellerArea", before, 0.01 * before)).isTrue();
        assertThat(f.twin.renew("RadialFriction", 4.7e-6, 5e-7)).isTrue();
        assertThat(f.twin.renew("ShaftSpeed", 0, 1)).isFalse();
        assertThat(f.twin.estimate()).as("it has to find anew what is normal").isEmpty();
        f.run(2400);
        assertThat(f.quantity("ImpellerArea").value()).isCloseTo(before, within(0.02 * before));
        assertThat(f.twin.report().level()).isEqualTo(FidelityLevel.CALIBRATED);
        assertThat(f.twin.report().isDrifting()).isFalse();
    }

    /** The same while nothing is followed: what is remembered is what it was replaced by. */
    @Test
    void aPartIsReplacedWhileTheServerIsDown() {
        Following f = new Following("CentrifugalPump", Map.of(), new VirtualPump(3));
        f.run(1500);
        byte[] saved = f.twin.save();
        Following after = new Following("CentrifugalPump", Map.of(), new VirtualPump(3));
        assertThat(after.twin.restore(saved)).isTrue();
        double level = 1.02 * f.quantity("ImpellerArea").value();
        assertThat(after.twin.renew("ImpellerArea", level, 0.003 * level)).isTrue();
        after.run(5);
        assertThat(after.quantity("ImpellerArea").value()).isCloseTo(level, within(0.01 * level));
    }
}
