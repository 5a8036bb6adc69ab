package org.uatwin.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * Wireless sensors and gateways, message by message. Path loss by the log-distance law with shadowing drawn once per link; a message is
 * heard if its level is above the receiver's sensitivity and no other of the same channel and spreading factor overlaps it there
 * within the capture margin. Batteries drain by sleep and air time; nodes die, gateways may fail.
 */
public final class SensorNetwork implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    static final ModelCard CARD = ModelCard.named(
                    "SensorNetwork",
                    ModelCard.Kind.EVENTS,
                    "Wireless sensors: coverage, load, losses, battery life, failing gateways.")
            .valid("LoRa-like radio, unconfirmed messages; log-distance path loss; no mobility")
            .parameter("ReferenceLoss", "dB", 40, 0, 200, "path loss at 1 m", "typical at 868 MHz with wall at 1 m")
            .parameter("PathExponent", "", 3, 1, 6, "n: 2 free space, 3 suburb, 3.5 buildings", "survey")
            .parameter("Shadowing", "dB", 6, 0, 20, "standard deviation of a link", "survey")
            .parameter("TransmitPower", "dBm", 14, -20, 36, "", "radio setting")
            .parameter(
                    "CaptureMargin",
                    "dB",
                    6,
                    0,
                    30,
                    "a message this much stronger survives a collision",
                    "Semtech AN1200.22")
            .parameter("Bandwidth", "kHz", 125, 7.8, 500, "", "radio setting")
            .parameter("CodingRate", "", 5, 5, 8, "n of 4/n", "radio setting")
            .parameter("Channels", "", 3, 1, 100, "chosen at random for each message", "gateway")
            .parameter("SleepCurrent", "uA", 2, 0, 1e5, "", "data sheet")
            .parameter("TransmitCurrent", "mA", 40, 0, 1000, "", "data sheet")
            .parameter("BatterySpread", "", 0.1, 0, 1, "standard deviation of capacity over its value", "data sheet")
            .parameter("SelfDischarge", "%", 1, 0, 50, "of the capacity in a year", "data sheet")
            .table(
                    "nodes",
                    true,
                    "sensors",
                    Column.text("node", "name"),
                    Column.number("x_m", "m", -1e6, 1e6, "position"),
                    Column.number("y_m", "m", -1e6, 1e6, "position"),
                    Column.optional("period_s", "s", 600, 0.1, 1e7, "between messages"),
                    Column.optional("bytes", "", 20, 1, 255, "physical payload"),
                    Column.optional("spreading_factor", "", 0, 0, 12, "0 = the lowest that reaches a gateway"),
                    Column.optional("battery_mAh", "mA.h", 2400, 0, 1e6, "capacity"))
            .table(
                    "gateways",
                    true,
                    "receivers",
                    Column.text("gateway", "name"),
                    Column.number("x_m", "m", -1e6, 1e6, "position"),
                    Column.number("y_m", "m", -1e6, 1e6, "position"))
            .input("Gateway.<gateway>", "", 1, 0, 1, "1 = works")
            .input("PeriodFactor", "", 1, 0.001, 1000, "factor on all periods")
            .output("Sent", "", 0, ANY, "messages so far")
            .output("Received", "", 0, ANY, "messages heard by a gateway")
            .output("LostByRange", "", 0, ANY, "too weak at every gateway")
            .output("LostByCollision", "", 0, ANY, "strong enough somewhere, but overlapped")
            .output("DeliveryRatio", "", 0, 1, "received over sent")
            .output("AliveNodes", "", 0, ANY, "with charge left")
            .output("CoveredNodes", "", 0, ANY, "that reach a working gateway")
            .output("RedundantNodes", "", 0, ANY, "that reach two working gateways")
            .output("AirTimeShare", "%", 0, ANY, "of one channel, mean since the start")
            .time(24 * 3600.0, 3600)
            .fixed("it only shapes the start", "BatterySpread")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable gateways = setup.table("gateways");
        gateways.index("gateway");
        setup.table("nodes").index("node");
        List<Port> in = new ArrayList<>();
        for (int i = 0; i < gateways.rows(); i++) {
            in.add(CARD.input("Gateway").of(gateways.text(i, "gateway")));
        }
        in.add(CARD.input("PeriodFactor"));
        return new SensorRun(setup, in);
    }
}
