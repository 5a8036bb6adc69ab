package org.uatwin.informationmodel.plant;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Where one point comes from, as a line of a table: everything the plant file says about it, each in its own text. Empty
 * texts are left to their defaults.
 *
 * @param device {@code connection/device}.
 * @param address as {@link AddressText} writes it; empty for a constant.
 * @param scale as in the plant file, {@code 1} if it is not there.
 * @param value the constant; empty for an address.
 */
public record PointRow(
        String twin,
        String type,
        String point,
        String device,
        String poll,
        String address,
        String scale,
        String offset,
        String value) {
    /** Whether the other says the same of the point's source. */
    public boolean isSameSource(PointRow other) {
        return device.equals(other.device)
                && poll.equals(other.poll)
                && address.equals(other.address)
                && scale.equals(other.scale)
                && offset.equals(other.offset)
                && value.equals(other.value);
    }

    /** The point's bound rows of Modbus and constants, in the order of the file. */
    public static List<PointRow> of(Plant plant) {
        List<PointRow> rows = new ArrayList<>();
        for (Twin twin : plant.twins()) {
            for (int i = 0; i < twin.pointCount(); i++) {
                of(twin, i).ifPresent(rows::add);
            }
        }
        return rows;
    }

    private static Optional<PointRow> of(Twin twin, int ordinal) {
        Member.Point point = twin.type().points().get(ordinal);
        Binding binding = twin.binding(ordinal);
        String type = twin.type().name();
        if (binding instanceof Binding.Modbus modbus) {
            RegisterFormat format = modbus.format();
            return Optional.of(new PointRow(
                    twin.id(),
                    type,
                    point.name(),
                    modbus.device().label(),
                    modbus.pollGroup().name(),
                    AddressText.of(modbus, false),
                    number(format.scale()),
                    number(format.offset()),
                    ""));
        }
        if (binding instanceof Binding.Constant constant && constant.object() == null) {
            return Optional.of(constant(twin, type, point, scalar(point.dataType(), constant.bits())));
        }
        if (binding instanceof Binding.Constant constant && constant.object() instanceof String text) {
            return Optional.of(constant(twin, type, point, text));
        }
        return Optional.empty();
    }

    private static PointRow constant(Twin twin, String type, Member.Point point, String value) {
        return new PointRow(twin.id(), type, point.name(), "", "", "", "", "", value);
    }

    private static String scalar(ValueType type, long bits) {
        return switch (type) {
            case BOOLEAN -> bits != 0 ? "true" : "false";
            case UINT64 -> Long.toUnsignedString(bits);
            case FLOAT, DOUBLE -> number(type.toDouble(bits));
            default -> Long.toString(bits);
        };
    }

    /** A number as short as it reads back exactly. */
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : new BigDecimal(Double.toString(value)).toPlainString();
    }
}
