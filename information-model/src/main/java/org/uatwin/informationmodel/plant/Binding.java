package org.uatwin.informationmodel.plant;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Derivation;
import org.uatwin.informationmodel.value.ValueType;

/** Where the value of a point comes from. */
public sealed interface Binding {
    /** The address as a PLC engineer writes it, shown beside the point. */
    String label();

    /** Name of the connection the value comes over; empty for what the server has or makes itself. */
    Optional<String> connection();

    /** Longest text the source can hold, in characters; empty if it sets no limit. */
    default OptionalInt longestText() {
        return OptionalInt.empty();
    }

    /**
     * Registers or bits of a Modbus device.
     *
     * @param offset zero-based wire offset of the first element, 0..65535.
     */
    record Modbus(ModbusDevice device, PollGroup pollGroup, RegisterFormat format, ModbusTable table, int offset)
            implements Binding {
        public Modbus {
            if (offset < 0 || offset > 65_536 - format.quantity(table)) {
                throw new IllegalArgumentException(
                        "%s %d+%d leaves 0..65535".formatted(table, offset, format.quantity(table)));
            }
        }

        public int quantity() {
            return format.quantity(table);
        }

        @Override
        public Optional<String> connection() {
            return Optional.of(device.connection());
        }

        @Override
        public OptionalInt longestText() {
            return format.stringLength() == 0 ? OptionalInt.empty() : OptionalInt.of(format.stringLength());
        }

        @Override
        public String label() {
            String bit = format.bitCount() == 0
                    ? ""
                    : format.bitCount() == 1
                            ? "." + format.firstBit()
                            : ".%d-%d".formatted(format.firstBit(), format.firstBit() + format.bitCount() - 1);
            return "%s unit %d %s %d%s %s"
                    .formatted(
                            device.label(),
                            device.unitId(),
                            table.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                            offset,
                            bit,
                            format.type().label(format));
        }
    }

    /**
     * A point of any other protocol.
     *
     * @param onConnection name of its connection.
     * @param device name of its device; empty if the twin names the connection alone.
     * @param pollGroup present if the protocol is polled.
     */
    record Field(String onConnection, String device, Optional<PollGroup> pollGroup, PointAddress address)
            implements Binding {
        @Override
        public String label() {
            return address.label();
        }

        @Override
        public Optional<String> connection() {
            return Optional.of(onConnection);
        }

        @Override
        public OptionalInt longestText() {
            return address.longestText();
        }
    }

    /**
     * A constant of the plant file (site, asset id and the like beside register-bound values).
     *
     * @param bits scalar as {@link ValueType} defines.
     * @param object String or array, null for a scalar.
     */
    record Constant(long bits, @Nullable Object object) implements Binding {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Constant that && bits == that.bits && Objects.deepEquals(object, that.object);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(new @Nullable Object[] {bits, object});
        }

        @Override
        public String label() {
            return "constant";
        }

        @Override
        public Optional<String> connection() {
            return Optional.empty();
        }
    }

    /** Computed by the server from other points. */
    record Derived(Derivation derivation) implements Binding {
        @Override
        public String label() {
            return derivation.label();
        }

        @Override
        public Optional<String> connection() {
            return Optional.empty();
        }
    }

    /**
     * What the vibration of a waveform of the same twin says.
     *
     * @param waveform its point.
     * @param what for people, for example {@code kurtosis}.
     * @param endHz where the axis of a spectrum ends; 0 for other results.
     */
    record Analysed(String waveform, String what, double endHz) implements Binding {
        @Override
        public String label() {
            return what + " of " + waveform;
        }

        @Override
        public Optional<String> connection() {
            return Optional.empty();
        }
    }

    /**
     * A number an interval of a fast channel of the same twin is reduced to; the channel's link writes it.
     *
     * @param onConnection the channel's connection.
     * @param what for people, for example {@code rms}.
     * @param sampleRateHz of the channel.
     */
    record Reduced(String channel, String onConnection, String what, double sampleRateHz) implements Binding {
        @Override
        public String label() {
            return what + " of " + channel;
        }

        @Override
        public Optional<String> connection() {
            return Optional.of(onConnection);
        }
    }
}
