package org.uatwin.plcadapters.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.net.AbstractModbusListener;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A {@link Pdu} as j2mod's transports want it. */
final class PduRequest extends ModbusRequest {
    private final Pdu pdu;

    PduRequest(int unitId, Pdu pdu) {
        this.pdu = pdu;
        setUnitID(unitId);
        setFunctionCode(pdu.functionCode());
        setDataLength(pdu.data().length);
    }

    @Override
    public byte[] getMessage() {
        return pdu.data();
    }

    @Override
    public void writeData(DataOutput out) throws IOException {
        out.write(pdu.data());
    }

    @Override
    public void readData(DataInput in) {
        throw new UnsupportedOperationException("a request of the master is never read");
    }

    @Override
    public ModbusResponse getResponse() {
        throw new UnsupportedOperationException("the transport makes the response");
    }

    @Override
    public ModbusResponse createResponse(AbstractModbusListener listener) {
        throw new UnsupportedOperationException("this is the master's side");
    }
}
