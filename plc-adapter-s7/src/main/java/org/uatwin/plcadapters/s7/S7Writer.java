package org.uatwin.plcadapters.s7;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.codec.FieldValue;
import org.uatwin.plcadapters.loop.LinkFigures;
import org.uatwin.plcadapters.loop.PointBoard;
import org.uatwin.plcadapters.loop.WaitingWrite;

/** Writes a value and reads it back. Owned by the link's thread. */
final class S7Writer {
    /** S7 write job: header 12, item 12, item of data 4. */
    private static final int OVERHEAD = 28;

    private final PointBoard board;
    private List<S7Address> addresses;
    private final S7Wire wire;
    private final S7Settings settings;
    private final LinkFigures figures;
    private final Runnable onTick;

    /** Takes bytes read back. */
    interface ReadBack {
        void accept(int point, byte[] data, int dataOffset, long ticks);
    }

    S7Writer(
            PointBoard board,
            List<S7Address> addresses,
            S7Wire wire,
            S7Settings settings,
            LinkFigures figures,
            Runnable onTick) {
        this.board = board;
        this.addresses = addresses;
        this.wire = wire;
        this.settings = settings;
        this.figures = figures;
        this.onTick = onTick;
    }

    /** Follows a reload. */
    void follow(List<S7Address> next) {
        addresses = next;
    }

    void perform(WaitingWrite write, LongSupplier ticker, ReadBack readBack) throws S7Wire.WireException {
        WriteCommand command = write.command();
        int point = board.indexOf(command.row());
        S7Address address = addresses.get(point);
        List<S7Wire.Write> items;
        try {
            items = items(address, command, board.point(point).type());
        } catch (IllegalArgumentException e) {
            write.answer(StatusCode.BAD_OUT_OF_RANGE, String.valueOf(e.getMessage()));
            return;
        }
        for (S7Wire.Write item : items) {
            long left = Math.min(settings.timeout().toNanos(), command.deadline() - ticker.getAsLong());
            if (left <= 0) {
                write.answer(StatusCode.BAD_TIMEOUT, address.label() + ": not carried out before its deadline");
                return;
            }
            figures.sent();
            S7Wire.Result result = wire.write(item, left, onTick);
            if (result != S7Wire.Result.OK) {
                figures.refusal();
                write.answer(
                        switch (result) {
                            case DENIED -> StatusCode.BAD_NOT_WRITABLE;
                            case NO_SUCH_ADDRESS -> StatusCode.BAD_CONFIGURATION_ERROR;
                            default -> StatusCode.BAD_DEVICE_FAILURE;
                        },
                        S7Loop.reason(result, item.block()));
                return;
            }
        }
        confirm(write, point, address, items, readBack);
    }

    private void confirm(WaitingWrite write, int point, S7Address address, List<S7Wire.Write> items, ReadBack readBack)
            throws S7Wire.WireException {
        figures.sent();
        S7Wire.Answer answer = wire.read(
                        List.of(address.block()), settings.timeout().toNanos(), onTick)
                .get(0);
        if (answer.result() != S7Wire.Result.OK) {
            write.answer(
                    StatusCode.BAD_NOT_SUPPORTED,
                    "%s: acknowledged, but not read back: %s"
                            .formatted(address.label(), S7Loop.reason(answer.result(), address.block())));
            return;
        }
        figures.received();
        readBack.accept(point, answer.data().array(), address.offset(), board.ticks());
        board.flush(); // whoever gets the answer finds the read-back in the table
        boolean isSame = items.stream().allMatch(item -> holds(answer.data().array(), address.offset(), item));
        if (isSame) {
            write.confirm();
        } else {
            write.answer(
                    StatusCode.BAD_INVALID_STATE,
                    "%s: the CPU acknowledged the value but holds another one; its program may overwrite it"
                            .formatted(address.label()));
        }
    }

    private static boolean holds(byte[] data, int dataOffset, S7Wire.Write item) {
        int at = item.block().offset() - dataOffset;
        if (item.bit() >= 0) {
            return (data[at] >> item.bit() & 1) == item.data().array()[0];
        }
        return Arrays.equals(
                data,
                at,
                at + item.data().length(),
                item.data().array(),
                0,
                item.data().length());
    }

    /** What goes over the wire: a bit each, or bytes in pieces that a message can hold. */
    private List<S7Wire.Write> items(
            S7Address address, WriteCommand command, org.uatwin.informationmodel.value.ValueType type) {
        Object value = FieldValue.ofPoint(command.bits(), command.object(), type);
        List<?> elements = value instanceof List<?> list ? list : List.of(value);
        int first = Math.max(0, command.firstElement());
        if (first + elements.size() > address.count()) {
            throw new IllegalArgumentException(
                    "%d elements from %d leave %s".formatted(elements.size(), first, address.label()));
        }
        List<S7Wire.Write> items = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            if (address.type() == S7Type.BOOL) {
                int bit = address.bit() + first + i;
                S7Block block = new S7Block(address.area(), address.db(), address.offset() + bit / 8, 1);
                items.add(new S7Wire.Write(
                        block, bit % 8, new Bytes(new byte[] {(byte) (Boolean.TRUE.equals(element) ? 1 : 0)})));
            } else {
                int at = address.offset()
                        + (first + i) * address.type().bytes(address.length())
                        + S7Codec.skipped(address.type());
                append(items, address, at, S7Codec.encode(address, element));
            }
        }
        return items;
    }

    /** Adds bytes to the item they continue, as far as a message holds them. */
    private void append(List<S7Wire.Write> items, S7Address address, int at, byte[] bytes) {
        int largest = settings.pduSize() - OVERHEAD;
        int done = 0;
        if (!items.isEmpty()) {
            S7Wire.Write last = items.get(items.size() - 1);
            if (last.block().end() == at && last.data().length() + bytes.length <= largest) {
                Bytes joined = last.data().and(bytes);
                S7Block block =
                        new S7Block(address.area(), address.db(), last.block().offset(), joined.length());
                items.set(items.size() - 1, new S7Wire.Write(block, -1, joined));
                return;
            }
        }
        while (done < bytes.length) {
            int n = Math.min(largest, bytes.length - done);
            S7Block block = new S7Block(address.area(), address.db(), at + done, n);
            items.add(new S7Wire.Write(block, -1, new Bytes(Arrays.copyOfRange(bytes, done, done + n))));
            done += n;
        }
    }
}
