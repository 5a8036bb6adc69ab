package org.uatwin.informationmodel.plant;

/** The wire of a Modbus connection. */
public sealed interface Transport {
    /** One line for people, for example {@code 192.168.1.20:502} or {@code /dev/ttyUSB0 19200 8E1}. */
    String label();

    /** The value of {@code protocol:} it is written as. */
    String protocol();

    record Tcp(String host, int port) implements Transport {
        @Override
        public String label() {
            return host + ":" + port;
        }

        @Override
        public String protocol() {
            return "modbus-tcp";
        }
    }

    /** RTU frames (with CRC) through a TCP socket, as serial device servers do it. */
    record RtuOverTcp(String host, int port) implements Transport {
        @Override
        public String label() {
            return host + ":" + port + " (RTU)";
        }

        @Override
        public String protocol() {
            return "modbus-rtu-over-tcp";
        }
    }

    /**
     * @param device name of the serial port.
     * @param baudRate bits a second, for example 19200.
     * @param dataBits 7 or 8.
     * @param parity none, even or odd.
     * @param stopBits 1 or 2.
     */
    record Serial(String device, int baudRate, int dataBits, Parity parity, int stopBits) implements Transport {
        public enum Parity {
            NONE,
            EVEN,
            ODD
        }

        @Override
        public String label() {
            return "%s %d %d%c%d"
                    .formatted(device, baudRate, dataBits, parity.name().charAt(0), stopBits);
        }

        @Override
        public String protocol() {
            return "modbus-rtu";
        }
    }

    /** Whether several devices share the wire, so that one's silence costs the others time. */
    default boolean isMultiDrop() {
        return !(this instanceof Tcp);
    }
}
