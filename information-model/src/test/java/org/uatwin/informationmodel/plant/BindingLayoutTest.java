package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindingLayoutTest {
    private static final ModbusDevice DEVICE = new ModbusDevice("line", "plc", 1, DeviceLimits.DEFAULT, 3);
    private static final PollGroup GROUP = group();

    private static PollGroup group() {
        return new PollGroup("normal", java.time.Duration.ofSeconds(1), java.time.Duration.ofSeconds(3));
    }

    private static Binding.Modbus at(ModbusTable table, int offset) {
        return new Binding.Modbus(DEVICE, GROUP, RegisterFormat.of(RegisterType.UINT16), table, offset);
    }

    private static @Nullable Binding[] bindings(int input, int holding) {
        return new @Nullable Binding[] {
            at(ModbusTable.INPUT_REGISTER, input + 4),
            null,
            at(ModbusTable.HOLDING_REGISTER, holding),
            at(ModbusTable.INPUT_REGISTER, input),
            new Binding.Constant(0, "A-17")
        };
    }

    /** A shared layout must not move a point to another register: the twin would show its neighbour's value. */
    @Test
    void givesTheBindingsBackUnchanged() {
        for (int input : new int[] {0, 40, 65_531}) {
            @Nullable Binding[] given = bindings(input, 65_535 - input);
            long bases = BindingLayout.bases(given);
            BindingLayout layout = BindingLayout.of(given, bases);
            for (int i = 0; i < given.length; i++) {
                assertThat(layout.binding(i, bases)).isEqualTo(given[i]);
            }
        }
    }

    @Test
    void twinsThatDifferInTheirBaseShareALayout() {
        @Nullable Binding[] first = bindings(0, 10);
        @Nullable Binding[] second = bindings(40, 12);
        BindingLayout a = BindingLayout.of(first, BindingLayout.bases(first));
        BindingLayout b = BindingLayout.of(second, BindingLayout.bases(second));
        assertThat(b).isEqualTo(a).hasSameHashCodeAs(a);
    }
}
