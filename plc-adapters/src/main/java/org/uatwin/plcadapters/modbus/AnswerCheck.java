package org.uatwin.plcadapters.modbus;

import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import java.util.Arrays;

/** Decides whether what j2mod parsed is the answer to the request; j2mod itself checks none of this. */
final class AnswerCheck {
    private AnswerCheck() {}

    /** The reply, GARBLED with the reason if a check fails. The transaction id is checked by the TCP wire. */
    static Reply check(int unitId, Pdu request, ModbusResponse response) {
        if ((response.getUnitID() & 0xFF) != unitId) {
            return garbled("answer from unit %d", response.getUnitID() & 0xFF);
        }
        int functionCode = response.getFunctionCode() & 0xFF;
        if (functionCode == (request.functionCode() | 0x80)
                && response instanceof ExceptionResponse exception
                && exception.getExceptionCode() > 0) {
            return Reply.refused(exception.getExceptionCode());
        }
        if (functionCode != request.functionCode() || response instanceof ExceptionResponse) {
            return garbled("answer with function code %d", functionCode);
        }
        byte[] message = response.getMessage();
        if (request.isRead()) {
            int expected = request.readBytes();
            if (message.length != expected + 1 || (message[0] & 0xFF) != expected) {
                return garbled("answer of another length, %d bytes", message.length - 1);
            }
            return Reply.answered(Arrays.copyOfRange(message, 1, message.length));
        }
        int echoed = request.functionCode() == Pdu.MASK_WRITE ? 6 : 4;
        if (message.length != echoed || !Arrays.equals(message, 0, echoed, request.data(), 0, echoed)) {
            return garbled("echo of a write that differs from the request, %d bytes", message.length);
        }
        return Reply.answered(new byte[0]);
    }

    private static Reply garbled(String format, int value) {
        return Reply.failed(Reply.Kind.GARBLED, format.formatted(value));
    }
}
