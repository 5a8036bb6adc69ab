package org.uatwin.plcadapters.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.plant.WordOrder;

/** A plant file for a device that was surveyed: to be read, named and thinned out by its engineer. */
public final class DraftPlant {
    private DraftPlant() {}

    /**
     * A point of the draft.
     *
     * @param isIdle zero all the time: left as a comment.
     * @param remark value and reasons, for a comment.
     */
    public record DraftPoint(ModbusTable table, int offset, Piece piece, boolean isIdle, String remark) {
        /** Name made of table and offset. */
        public String name() {
            return "%s%05d".formatted(word(table, true), offset);
        }

        /** As the plant file has it. */
        public String address() {
            String type = piece.type() == RegisterType.STRING
                    ? " string " + 2 * piece.registers()
                    : table.isBits() ? "" : " " + piece.type().name().toLowerCase(Locale.ROOT);
            boolean hasOrder = !table.isBits() && !piece.order().equals(WordOrder.BIG_ENDIAN);
            int bytes = piece.type() == RegisterType.STRING ? 2 : 2 * piece.registers();
            return "%s %d%s%s"
                    .formatted(
                            word(table, false),
                            offset,
                            type,
                            hasOrder ? " " + piece.order().letters(bytes) : "");
        }

        String dataType() {
            return table.isBits()
                    ? "Boolean"
                    : switch (piece.type()) {
                        case BOOL -> "Boolean";
                        case INT16 -> "Int16";
                        case UINT16, BCD16 -> "UInt16";
                        case INT32 -> "Int32";
                        case UINT32, BCD32 -> "UInt32";
                        case INT64 -> "Int64";
                        case UINT64, BCD64 -> "UInt64";
                        case FLOAT32 -> "Float";
                        case FLOAT64 -> "Double";
                        case STRING -> "String";
                    };
        }
    }

    private static String word(ModbusTable table, boolean isName) {
        return switch (table) {
            case COIL -> isName ? "Coil" : "coil";
            case DISCRETE_INPUT -> isName ? "Discrete" : "discrete";
            case INPUT_REGISTER -> isName ? "Input" : "input";
            case HOLDING_REGISTER -> isName ? "Holding" : "holding";
        };
    }

    /** @param remark what it is and where it comes from, a line each. */
    public static String text(
            List<String> remark,
            Transport transport,
            int unitId,
            long timeoutMs,
            DeviceLimits limits,
            List<DraftPoint> points) {
        StringBuilder text = new StringBuilder();
        remark.forEach(line -> text.append("# ").append(line).append('\n'));
        text.append("uatwin: 1\nsiteId: draft\nconnections:\n  line-1:\n");
        text.append("    protocol: ").append(transport.protocol()).append('\n');
        where(transport).forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("    timeout: ").append(timeoutMs).append(" ms\n");
        text.append("    devices:\n      device-1: {unit: %d, limits: {%s}}\n".formatted(unitId, limits(limits)));
        List<DraftPoint> used = points.stream().filter(p -> !p.isIdle()).toList();
        if (used.isEmpty()) {
            return text.append("# Every register was zero: there is no point to propose.\n")
                    .toString();
        }
        text.append("types:\n  ProbedDevice:\n    version: 0.1.0\n    points:\n");
        used.forEach(p -> text.append("      %s: {type: %s}\n".formatted(p.name(), p.dataType())));
        text.append("twins:\n  - id: device-1\n    type: ProbedDevice\n    device: line-1/device-1\n    points:\n");
        for (DraftPoint p : points) {
            text.append("      %s%s: %s   # %s\n"
                    .formatted(p.isIdle() ? "# " : "", p.name(), p.address(), oneLine(p.remark())));
        }
        return text.toString();
    }

    private static String oneLine(String remark) {
        StringBuilder clean = new StringBuilder();
        remark.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '.' : c));
        return clean.toString();
    }

    private static List<String> where(Transport transport) {
        if (transport instanceof Transport.Serial serial) {
            return List.of(
                    "serialPort: " + quoted(serial.device()),
                    "baudRate: " + serial.baudRate(),
                    "parity: " + serial.parity().name().toLowerCase(Locale.ROOT),
                    "stopBits: " + serial.stopBits());
        }
        if (transport instanceof Transport.Tcp tcp) {
            return List.of("host: " + quoted(tcp.host()), "port: " + tcp.port());
        }
        if (transport instanceof Transport.RtuOverTcp rtu) {
            return List.of("host: " + quoted(rtu.host()), "port: " + rtu.port());
        }
        throw new AssertionError(transport);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String limits(DeviceLimits limits) {
        List<String> parts = new ArrayList<>();
        parts.add("registersPerRead: " + limits.registersPerRead());
        parts.add("bitsPerRead: " + limits.bitsPerRead());
        parts.add("gap: " + limits.registerGap());
        if (!limits.forbidden().isEmpty()) {
            List<String> ranges = new ArrayList<>();
            for (OffsetRange range : limits.forbidden()) {
                ranges.add("%s %d-%d".formatted(word(range.table(), false), range.first(), range.last()));
            }
            parts.add("forbidden: [" + String.join(", ", ranges) + "]");
        }
        return String.join(", ", parts);
    }
}
