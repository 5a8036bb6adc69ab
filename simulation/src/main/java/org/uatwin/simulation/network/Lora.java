package org.uatwin.simulation.network;

/** Time on air of a LoRa packet, Semtech AN1200.13 / SX1276 data sheet 4.1.1.7, explicit header, CRC on. */
public final class Lora {
    private static final double PREAMBLE = 8 + 4.25; // symbols
    private static final double LOW_RATE_SYMBOL_S =
            0.016; // from this symbol time on the low data rate optimisation is on

    private Lora() {}

    /**
     * Seconds on air.
     *
     * @param bytes physical payload.
     * @param spreadingFactor 6..12.
     * @param bandwidthHz 125 000, 250 000 or 500 000.
     * @param codingRate n of 4/n, 5..8.
     */
    public static double airtime(int bytes, int spreadingFactor, double bandwidthHz, int codingRate) {
        double symbol = Math.scalb(1.0, spreadingFactor) / bandwidthHz;
        int optimised = symbol >= LOW_RATE_SYMBOL_S ? 1 : 0;
        double bits = 8.0 * bytes - 4.0 * spreadingFactor + 28 + 16;
        double symbols = 8 + Math.max(Math.ceil(bits / (4.0 * (spreadingFactor - 2 * optimised))) * codingRate, 0);
        return (PREAMBLE + symbols) * symbol;
    }

    /** Receiver sensitivity, dBm: thermal noise, 6 dB noise figure and the demodulator's SNR (SX1276 data sheet). */
    public static double sensitivityDbm(int spreadingFactor, double bandwidthHz) {
        double snr = -7.5 - 2.5 * (spreadingFactor - 7);
        return -174 + 10 * StrictMath.log10(bandwidthHz) + 6 + snr;
    }
}
