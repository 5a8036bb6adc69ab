package org.uatwin.benchmarks.peer;

import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;

/** A bare j2mod master: {@code BareMaster PORT QUANTITY BLOCKS} reads the blocks one after the other until it is ended. */
public final class BareMaster {
    private BareMaster() {}

    public static void main(String[] args) throws Exception {
        int quantity = Integer.parseInt(args[1]);
        int blocks = Integer.parseInt(args[2]);
        ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1", Integer.parseInt(args[0]));
        master.connect();
        System.out.println("ready modbus");
        for (int i = 0; ; i = (i + 1) % blocks) {
            if (master.readInputRegisters(1, i * quantity, quantity).length != quantity) {
                throw new IllegalStateException("a short answer");
            }
        }
    }
}
