package org.uatwin.simulation.network;

import org.uatwin.simulation.system.Algebraic;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/** One LoRa node: time on air, duty cycle, loss by collisions of equal nodes (pure ALOHA), life of its battery. */
public final class LoraLink implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final double HOURS_PER_YEAR = 8766;
    private static final ModelCard CARD = ModelCard.named(
                    "LoraLink",
                    ModelCard.Kind.ALGEBRAIC,
                    "LoRa time on air, duty cycle, collisions, battery life of one node.")
            .valid("explicit header, CRC on; equal nodes on one channel that send at random; no capture")
            .parameter("PayloadBytes", "", 14, 1, 255, "physical payload", "of the message")
            .parameter("SpreadingFactor", "", 7, 6, 12, "", "radio setting")
            .parameter("Bandwidth", "kHz", 125, 7.8, 500, "", "radio setting")
            .parameter("CodingRate", "", 5, 5, 8, "n of 4/n", "radio setting")
            .parameter("Channels", "", 1, 1, 100, "nodes spread over", "gateway")
            .parameter("BatteryCapacity", "mA.h", 2400, 1, 1e6, "", "data sheet")
            .parameter("SleepCurrent", "uA", 2, 0, 1e5, "", "data sheet")
            .parameter("TransmitCurrent", "mA", 40, 0, 1000, "", "data sheet")
            .parameter("ReceiveCurrent", "mA", 11, 0, 1000, "", "data sheet")
            .parameter("ReceiveTime", "s", 0, 0, 60, "of windows after each message", "protocol")
            .parameter("SelfDischarge", "%", 0, 0, 50, "of the capacity in a year", "data sheet")
            .parameter("ShelfLife", "a", 10, 0.1, 50, "longest life of the cell", "data sheet")
            .input("Period", "s", 600, 1, 1e7, "between messages")
            .input("Nodes", "", 1, 1, 1e6, "equal nodes within range")
            .output("AirTime", "ms", 0, ANY, "of one message")
            .output("DutyCycle", "%", 0, 100, "")
            .output("OfferedLoad", "", 0, ANY, "G: packets per air time on one channel")
            .output("DeliveryRatio", "", 0, 1, "exp(-2 G), pure ALOHA")
            .output("MeanCurrent", "uA", 0, ANY, "")
            .output("BatteryLife", "a", 0, ANY, "limited by the shelf life")
            .output("EnergyLife", "a", 0, ANY, "by energy alone")
            .output("Sensitivity", "dBm", "of the receiver")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup s) {
        double air = Lora.airtime(
                (int) s.parameter("PayloadBytes"),
                (int) s.parameter("SpreadingFactor"),
                s.parameter("Bandwidth") * 1000,
                (int) s.parameter("CodingRate"));
        double sensitivity = Lora.sensitivityDbm((int) s.parameter("SpreadingFactor"), s.parameter("Bandwidth") * 1000);
        double capacity = s.parameter("BatteryCapacity") * 1000; // uA h
        return new Algebraic(CARD.inputs(), CARD.outputs()) {
            @Override
            protected void compute(double t, double[] u, double[] y) {
                double load = u[1] * air / u[0] / s.parameter("Channels");
                double mean = s.parameter("SleepCurrent")
                        + 1000 * s.parameter("TransmitCurrent") * air / u[0]
                        + 1000 * s.parameter("ReceiveCurrent") * s.parameter("ReceiveTime") / u[0];
                double leak = capacity * s.parameter("SelfDischarge") / 100 / HOURS_PER_YEAR;
                y[0] = air * 1000;
                y[1] = 100 * air / u[0];
                y[2] = load;
                y[3] = StrictMath.exp(-2 * load);
                y[4] = mean;
                y[6] = capacity / (mean + leak) / HOURS_PER_YEAR;
                y[5] = Math.min(s.parameter("ShelfLife"), y[6]);
                y[7] = sensitivity;
            }
        };
    }
}
