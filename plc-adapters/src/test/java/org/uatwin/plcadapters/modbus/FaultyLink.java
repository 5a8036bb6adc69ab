package org.uatwin.plcadapters.modbus;

import java.util.HashMap;
import java.util.Map;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.plcadapters.VirtualTime;

/**
 * A wire with scripted devices over virtual time: it fails by command, never by elapsed time, and moves the clock
 * itself while the loop waits.
 */
final class FaultyLink implements Wire {
    enum Mode {
        OK,
        SILENT,
        GARBLED,
        EXCEPTION,
        LOST
    }

    /** One device behind the wire. */
    static final class Unit {
        Mode mode = Mode.OK;
        int exceptionCode = 2;
        int busyAnswers; // exceptions 06 before the next proper answer
        int missingOffset = -1; // reads that touch it are refused with exception 02
        int silentOffset = -1; // a read that begins here stays without answer
        final int[] holding = new int[1000];
        boolean knowsMaskWrite = true;
        boolean knowsSingleWrite = true;
        int requests;
        int writes;
    }

    private static final long SLICE_NS = 20_000_000;

    final VirtualTime time;
    final boolean isMultiDrop;
    final Map<Integer, Unit> units = new HashMap<>();
    final StringBuilder trace = new StringBuilder();
    boolean canConnect = true;
    long answerNs = 1_000_000;
    int connects;
    int attempts;
    int closes;
    Runnable onRequest = () -> {};
    Runnable onSlice = () -> {};
    long lateNs; // how long after an unanswered request another one to the unit waits
    private final Map<Integer, Pdu> unanswered = new HashMap<>();
    private final Map<Integer, Long> readyNs = new HashMap<>();
    private boolean isConnected;

    FaultyLink(VirtualTime time, boolean isMultiDrop) {
        this.time = time;
        this.isMultiDrop = isMultiDrop;
    }

    Unit unit(int id) {
        return units.computeIfAbsent(id, i -> new Unit());
    }

    /** Cuts the connection; it can not be made again before {@link #plug}. */
    void pull() {
        canConnect = false;
        isConnected = false;
    }

    void plug() {
        canConnect = true;
    }

    @Override
    public String connect(long timeoutNs, Runnable whileWaiting) {
        attempts++;
        trace.append(time.now()).append(" connect ").append(canConnect).append('\n');
        if (!canConnect) {
            time.advance(1_000_000);
            return "connection refused";
        }
        connects++;
        isConnected = true;
        return "";
    }

    @Override
    public boolean isConnected() {
        return isConnected;
    }

    @Override
    public Reply exchange(int unitId, Pdu request, long timeoutNs, Runnable whileWaiting) {
        Unit unit = unit(unitId);
        unit.requests++;
        trace.append(time.now())
                .append(" unit ")
                .append(unitId)
                .append(' ')
                .append(request.label())
                .append(' ')
                .append(unit.mode)
                .append('\n');
        onRequest.run();
        boolean isHole = request.isRead() && request.offset() == unit.silentOffset;
        if (isHole || unit.mode == Mode.SILENT) {
            unanswered.put(unitId, request);
            readyNs.put(unitId, time.now() + lateNs);
            for (long waited = 0; waited < timeoutNs; waited += SLICE_NS) {
                time.advance(Math.min(SLICE_NS, timeoutNs - waited));
                whileWaiting.run();
                onSlice.run();
            }
            return Reply.failed(Reply.Kind.SILENT, "no answer");
        }
        time.advance(answerNs);
        if (!isConnected) {
            return Reply.failed(Reply.Kind.LOST, "connection closed by the device");
        }
        if (unit.busyAnswers > 0) {
            unit.busyAnswers--;
            return Reply.refused(6);
        }
        return switch (unit.mode) {
            case OK -> answer(unit, request);
            case GARBLED -> Reply.failed(Reply.Kind.GARBLED, "answer with a wrong CRC");
            case EXCEPTION -> Reply.refused(unit.exceptionCode);
            case LOST -> {
                isConnected = false;
                yield Reply.failed(Reply.Kind.LOST, "connection closed by the device");
            }
            case SILENT -> throw new AssertionError();
        };
    }

    private static Reply answer(Unit unit, Pdu request) {
        byte[] data = request.data();
        int offset = request.offset();
        if (!request.isRead()) {
            unit.writes++;
        }
        switch (request.functionCode()) {
            case 3 -> {
                if (unit.missingOffset >= offset && unit.missingOffset < offset + request.quantity()) {
                    return Reply.refused(2);
                }
                byte[] out = new byte[2 * request.quantity()];
                for (int i = 0; i < request.quantity(); i++) {
                    out[2 * i] = (byte) (unit.holding[offset + i] >> 8);
                    out[2 * i + 1] = (byte) unit.holding[offset + i];
                }
                return Reply.answered(out);
            }
            case Pdu.WRITE_REGISTER -> {
                if (!unit.knowsSingleWrite) {
                    return Reply.refused(1);
                }
                unit.holding[offset] = word(data, 2);
            }
            case Pdu.WRITE_REGISTERS -> {
                for (int i = 0; i < request.quantity(); i++) {
                    unit.holding[offset + i] = word(data, 5 + 2 * i);
                }
            }
            case Pdu.MASK_WRITE -> {
                if (!unit.knowsMaskWrite) {
                    return Reply.refused(1);
                }
                int and = word(data, 2);
                unit.holding[offset] = (unit.holding[offset] & and) | (word(data, 4) & ~and & 0xFFFF);
            }
            default -> throw new AssertionError("no %s here: %s".formatted(request, ModbusTable.HOLDING_REGISTER));
        }
        return Reply.answered(new byte[0]);
    }

    private static int word(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
    }

    @Override
    public long readyNs(int unitId, Pdu request) {
        Pdu earlier = unanswered.get(unitId);
        return earlier == null || earlier.isSame(request) ? Long.MIN_VALUE : readyNs.getOrDefault(unitId, 0L);
    }

    @Override
    public boolean mustCloseAfterTimeout() {
        return !isMultiDrop;
    }

    @Override
    public void close() {
        if (isConnected) {
            closes++;
        }
        isConnected = false;
    }

    @Override
    public void abort() {}
}
