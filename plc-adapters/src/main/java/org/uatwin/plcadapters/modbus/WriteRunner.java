package org.uatwin.plcadapters.modbus;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.codec.Encoded;

/**
 * Performs one write: chooses the function code, splits what is longer than a request, reads back and compares. Owned
 * by the loop thread. Because that thread does one exchange at a time, every poll answered after a write was also
 * asked after it.
 *
 * <p>A request that stays without answer is not sent again: it may have been carried out, and a second one could start
 * something twice.
 */
final class WriteRunner {
    /**
     * @param reply the reply that ended the write; null if nothing was sent.
     */
    record Outcome(WriteResult result, @Nullable Reply reply) {}

    private final BiFunction<DeviceState, Pdu, Reply> wire;
    private PointColumns points;
    private final Emitter emitter;

    WriteRunner(BiFunction<DeviceState, Pdu, Reply> wire, PointColumns points, Emitter emitter) {
        this.wire = wire;
        this.points = points;
        this.emitter = emitter;
    }

    /** From now on points are those of another plan. */
    void follow(LinkPlan plan) {
        points = plan.points;
    }

    Outcome run(PollJob job, int point, WriteCommand command) {
        DeviceState device = job.device;
        PointRule rule = points.rule(point);
        ModbusTable table = job.block.table();
        String address = "%s unit %d".formatted(device.device.label(), device.device.unitId());
        if (!table.isWritable()) {
            return refused(StatusCode.BAD_NOT_WRITABLE, address + ": " + table + " is read-only");
        }
        Encoded encoded = rule.codec().encode(command.bits(), command.object(), command.firstElement());
        if (!encoded.isGood()) {
            return refused(encoded.status(), encoded.text());
        }
        int base = job.block.offset() + points.at(point);
        int offset = base + encoded.skip();
        if (touchesForbidden(device.device.limits(), table, offset, encoded.quantity())) {
            return refused(StatusCode.BAD_NOT_WRITABLE, address + ": offset lies in a forbidden range of the device");
        }
        Reply reply = send(device, table, offset, encoded, rule.codec().elementQuantity());
        if (!reply.isAnswered()) {
            return new Outcome(new WriteResult(status(reply), device.lastError + maybeDone(reply)), reply);
        }
        return verify(job, point, base, encoded);
    }

    private static Outcome refused(StatusCode status, String text) {
        return new Outcome(new WriteResult(status, text), null);
    }

    private static boolean touchesForbidden(DeviceLimits limits, ModbusTable table, int offset, int quantity) {
        for (OffsetRange range : limits.forbidden()) {
            if (range.table() == table && range.first() < offset + quantity && range.last() >= offset) {
                return true;
            }
        }
        return false;
    }

    private Reply send(DeviceState device, ModbusTable table, int offset, Encoded encoded, int elementQuantity) {
        if (encoded.mask() != 0xFFFF) {
            return sendBits(device, offset, encoded);
        }
        if (encoded.quantity() == 1) {
            return sendSingle(device, table, offset, encoded.data());
        }
        DeviceLimits limits = device.device.limits();
        int limit = table.isBits() ? limits.coilsPerWrite() : limits.registersPerWrite();
        int step = Math.max(1, limit / elementQuantity) * elementQuantity;
        if (step > limit) {
            return Reply.failed(
                    Reply.Kind.REFUSED,
                    "one value takes %d registers, the device takes %d in a write".formatted(elementQuantity, limit));
        }
        Reply reply = Reply.answered(new byte[0]);
        for (int at = 0; at < encoded.quantity() && reply.isAnswered(); at += step) {
            int quantity = Math.min(step, encoded.quantity() - at);
            reply = wire.apply(
                    device, Pdu.writeMany(table, offset + at, quantity, slice(table, encoded.data(), at, quantity)));
        }
        return reply;
    }

    private static byte[] slice(ModbusTable table, byte[] data, int at, int quantity) {
        if (!table.isBits()) {
            return Arrays.copyOfRange(data, 2 * at, 2 * (at + quantity));
        }
        byte[] bits = new byte[(quantity + 7) / 8];
        for (int i = 0; i < quantity; i++) {
            if ((data[(at + i) >> 3] >> ((at + i) & 7) & 1) != 0) {
                bits[i >> 3] |= (byte) (1 << (i & 7));
            }
        }
        return bits;
    }

    /** Function 5 or 6; 15 or 16 where the device does not know the single form, remembered for the device. */
    private Reply sendSingle(DeviceState device, ModbusTable table, int offset, byte[] data) {
        if (!device.hasNoSingleWrite) {
            Reply reply = wire.apply(
                    device,
                    table.isBits()
                            ? Pdu.writeCoil(offset, (data[0] & 1) != 0)
                            : Pdu.writeRegister(offset, register(data, 0)));
            if (!isUnknownFunction(reply)) {
                return reply;
            }
            device.hasNoSingleWrite = true;
        }
        return wire.apply(device, Pdu.writeMany(table, offset, 1, data));
    }

    /** Function 22 for each register; read, change and write where the device does not know it. */
    private Reply sendBits(DeviceState device, int offset, Encoded encoded) {
        Reply reply = Reply.answered(new byte[0]);
        for (int i = 0; i < encoded.quantity() && reply.isAnswered(); i++) {
            int value = register(encoded.data(), 2 * i);
            int keep = ~encoded.mask() & 0xFFFF;
            if (!device.hasNoMaskWrite) {
                reply = wire.apply(device, Pdu.maskWrite(offset + i, keep, value));
                if (!isUnknownFunction(reply)) {
                    continue;
                }
                device.hasNoMaskWrite = true;
            }
            Reply read = wire.apply(device, Pdu.read(ModbusTable.HOLDING_REGISTER, offset + i, 1));
            if (!read.isAnswered()) {
                return read;
            }
            int changed = (register(read.data(), 0) & keep) | value;
            reply = sendSingle(
                    device, ModbusTable.HOLDING_REGISTER, offset + i, new byte[] {(byte) (changed >> 8), (byte) changed
                    });
        }
        return reply;
    }

    private static boolean isUnknownFunction(Reply reply) {
        return reply.kind() == Reply.Kind.REFUSED && reply.exceptionCode() == 1;
    }

    private static int register(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
    }

    /** Reads back: the whole value where one request holds it, so that it can be shown at once, else what was written. */
    private Outcome verify(PollJob job, int point, int base, Encoded encoded) {
        ModbusTable table = job.block.table();
        int whole = points.rule(point).codec().quantity();
        int limit = job.block.perRequest();
        boolean isWhole = whole <= limit;
        int from = isWhole ? 0 : encoded.skip();
        int left = isWhole ? whole : encoded.quantity();
        for (int at = from; left > 0; ) {
            int quantity = Math.min(left, limit);
            Reply reply = wire.apply(job.device, Pdu.read(table, base + at, quantity));
            if (!reply.isAnswered()) {
                return new Outcome(
                        new WriteResult(status(reply), "acknowledged, but not read back: " + job.device.lastError),
                        reply);
            }
            if (isWhole) {
                emitter.answered(point, reply.data(), 0, emitter.ticks());
            }
            if (!matches(table, encoded, reply.data(), at, quantity)) {
                return new Outcome(
                        new WriteResult(
                                StatusCode.BAD_INVALID_STATE,
                                "%s acknowledged the value but holds another one; it may limit or overwrite it"
                                        .formatted(job.device.device.label())),
                        reply);
            }
            at += quantity;
            left -= quantity;
        }
        return new Outcome(WriteResult.CONFIRMED, null);
    }

    /** Compares the part of a read-back that was written; {@code at} is where the read began within the value. */
    private static boolean matches(ModbusTable table, Encoded encoded, byte[] data, int at, int quantity) {
        int first = Math.max(at, encoded.skip());
        int end = Math.min(at + quantity, encoded.skip() + encoded.quantity());
        for (int i = first; i < end; i++) {
            int seen = i - at;
            int sent = i - encoded.skip();
            boolean isSame = table.isBits()
                    ? ((data[seen >> 3] >> (seen & 7)) & 1) == ((encoded.data()[sent >> 3] >> (sent & 7)) & 1)
                    : (register(data, 2 * seen) & encoded.mask())
                            == (register(encoded.data(), 2 * sent) & encoded.mask());
            if (!isSame) {
                return false;
            }
        }
        return true;
    }

    private static StatusCode status(Reply reply) {
        return switch (reply.kind()) {
            case ANSWERED -> StatusCode.GOOD;
            case SILENT -> StatusCode.BAD_TIMEOUT;
            case GARBLED -> StatusCode.BAD_COMMUNICATION_ERROR;
            case LOST -> StatusCode.BAD_NO_COMMUNICATION;
            case REFUSED ->
                switch (reply.exceptionCode()) {
                    case 1, 2 -> StatusCode.BAD_CONFIGURATION_ERROR;
                    case 3 -> StatusCode.BAD_OUT_OF_RANGE;
                    case 4 -> StatusCode.BAD_DEVICE_FAILURE;
                    case 5, 6 -> StatusCode.BAD_TIMEOUT;
                    case 0x0A, 0x0B -> StatusCode.BAD_NO_COMMUNICATION;
                    default -> StatusCode.BAD_COMMUNICATION_ERROR;
                };
        };
    }

    private static String maybeDone(Reply reply) {
        return reply.kind() == Reply.Kind.REFUSED ? "" : "; the device may have carried it out";
    }
}
