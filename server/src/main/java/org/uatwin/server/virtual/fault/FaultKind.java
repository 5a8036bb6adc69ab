package org.uatwin.server.virtual.fault;

import static org.uatwin.server.virtual.fault.FaultParameter.optional;
import static org.uatwin.server.virtual.fault.FaultParameter.required;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that can go wrong with a virtual device. x is the true value, y the one served, t the seconds since the
 * fault began.
 */
public enum FaultKind {
    BIAS(Target.NUMBER, "y = x + offset", required("offset", -1e12, 1e12, "in the unit of the point")),
    GAIN(Target.NUMBER, "y = factor * x", required("factor", -1e6, 1e6, "1 is no error")),
    DRIFT(
            Target.NUMBER,
            "y = x + rate * t / 3600, at most limit away from x",
            required("rate", -1e12, 1e12, "in the unit of the point, an hour"),
            optional("limit", 1e12, 0, 1e12, "largest error, in the unit of the point")),
    NOISE(
            Target.NUMBER,
            "y = x + sigma * n, n normal and white",
            required("sigma", 0, 1e12, "standard deviation, in the unit of the point")),
    NOISE_GAIN(
            Target.NUMBER,
            "y = m + factor * (x - m), m a mean of x: the noise that is there, times factor",
            required("factor", 0, 1e6, "1 is no change"),
            optional("over", 5, 0.01, 86_400, "seconds; time constant of the mean")),
    SPIKE(
            Target.NUMBER,
            "y = x + size or x - size in single steps, Poisson with a mean of rate a minute",
            required("size", 0, 1e12, "in the unit of the point"),
            optional("rate", 6, 0, 6_000, "a minute")),
    WRONG_UNIT(
            Target.NUMBER,
            "y = factor * x + offset, as when a transmitter is set to another unit",
            required("factor", -1e6, 1e6, "for example 1.8 from degC to degF"),
            optional("offset", 0, -1e12, 1e12, "for example 32 from degC to degF")),
    STUCK(Target.POINT, "y = x at the moment the fault began"),
    DROPOUT(
            Target.POINT,
            "no value in bursts: a two-state Markov chain (Gilbert) with these mean lengths",
            optional("good", 10, 0, 86_400, "mean seconds between bursts; 0 for none at all"),
            optional("burst", 2, 0.01, 86_400, "mean seconds of a burst")),
    SWAPPED_WORDS(Target.REGISTERS, "the 16-bit words of the value in reverse order"),
    SWAPPED_BYTES(Target.REGISTERS, "the two bytes of every register of the value exchanged"),
    FROZEN_CLOCK(
            Target.IMAGE,
            "the device goes on answering, but its values and its clock stand still, as when its program has stopped"),
    FROZEN_TIMESTAMP(Target.IMAGE, "the device's clock stands still, its values go on"),
    CLOCK_OFFSET(
            Target.IMAGE,
            "the device's clock is wrong",
            required("seconds", -1e9, 1e9, "ahead of the true time; negative: behind")),
    LATE(
            Target.IMAGE,
            "values arrive late: of MQTT the messages, with the time they had; of Modbus y(t) = x(t - seconds)",
            optional("seconds", 5, 0.001, 3_600, "how late")),
    WEAR(Target.MACHINE, "rapid wear of the machine itself", optional("severity", 1, 0, 1, "how bad")),
    JAM(Target.MACHINE, "the machine itself is blocked", optional("severity", 1, 0, 1, "how bad")),
    OUTER_RACE(
            Target.ACCELEROMETER,
            "the bearing's outer race is damaged: impacts at BPFO make the housing ring",
            optional("severity", 0.5, 0, 1, "how bad")),
    INNER_RACE(
            Target.ACCELEROMETER,
            "the bearing's inner race is damaged: impacts at BPFI, as strong as the load they turn through",
            optional("severity", 0.5, 0, 1, "how bad")),
    ROLLING_ELEMENT(
            Target.ACCELEROMETER,
            "a ball of the bearing is damaged: impacts at twice BSF, modulated by the cage",
            optional("severity", 0.5, 0, 1, "how bad")),
    UNBALANCE(
            Target.ACCELEROMETER,
            "the shaft is out of balance: velocity at its own frequency, 11 mm/s r.m.s. more at 1",
            optional("severity", 0.5, 0, 1, "how bad")),
    EXCEPTION(
            Target.DEVICE,
            "every request is answered with this exception (Modbus V1.1b3, section 7)",
            optional("code", 4, 1, 11, "1 function, 2 address, 3 value, 4 failure, 6 busy, 11 gateway target")),
    SILENT(Target.DEVICE, "requests are taken and never answered; of MQTT nothing is published, commands are obeyed"),
    SLOW(
            Target.DEVICE,
            "every answer or message comes late",
            optional("ms", 500, 1, 600_000, "milliseconds, on the wall clock; of an MQTT device in simulated time")),
    DRIP(
            Target.DEVICE,
            "answers come byte by byte (slow loris)",
            optional("ms", 100, 1, 60_000, "milliseconds before each byte, on the wall clock")),
    GARBAGE(Target.DEVICE, "answers are bytes that are no frame, messages bytes that are no value"),
    TRUNCATED(Target.DEVICE, "the first half of each answer or payload"),
    CUT(Target.DEVICE, "the connection is cut instead of an answer"),
    RESET(Target.DEVICE, "half an answer, then the connection is reset (TCP RST)"),
    DUPLICATE(Target.DEVICE, "every answer or message is sent twice, as a redelivery of QoS 1 is"),
    OUT_OF_ORDER(Target.DEVICE, "every second answer, or message of a topic, is sent after the one that follows it"),
    LAST_WILL(
            Target.DEVICE,
            "MQTT: the device's session breaks without goodbye and stays away; the broker publishes its last will"),
    RETAINED_STALE(Target.DEVICE, "MQTT: the last message of each topic is left as retained, and no other follows"),
    WRONG_TRANSACTION(Target.DEVICE, "answers carry another transaction id (TCP) or a wrong CRC (RTU)"),
    WRONG_UNIT_ID(Target.DEVICE, "answers carry another unit id"),
    NETWORK(
            Target.DEVICE,
            "packets take a bad way: late, lost in bursts, in another order, through too little; beside other faults",
            optional("delay", 0, 0, 600_000, "milliseconds each way, of every packet"),
            optional("jitter", 0, 0, 600_000, "milliseconds; mean of what is added to it, gamma"),
            optional("shape", 2, 0.1, 100, "of the jitter: 1 exponential, larger narrower"),
            optional("p", 0, 0, 1, "chance that a good time ends, a packet (Gilbert and Elliott)"),
            optional("r", 0.2, 0, 1, "chance that a bad time ends, a packet: bursts of 1 / r"),
            optional("h", 0.8, 0, 1, "share lost in a bad time; of all p / (p + r) h"),
            optional("reorder", 0, 0, 1, "share of messages that the next may overtake; of MQTT"),
            optional("rate", 0, 0, 1e7, "kbit/s; 0 for no limit")),
    GATEWAY_DOWN(
            Target.CONNECTION,
            "the gateway stands, what is behind it is out of reach: exception 0B; of MQTT all sessions break"),
    HALF_OPEN(Target.CONNECTION, "connections are accepted and stay dead, as behind a NAT that forgot them"),
    OFF(Target.CONNECTION, "the port is closed, as with the power off; of MQTT the broker is lost");

    /** What a fault can be put on. */
    public enum Target {
        /** Numeric points: {@code TWIN/POINT}, {@code TWIN}, {@code *} as wildcard. */
        NUMBER("TWIN/POINT"),
        /** Points of any type. */
        POINT("TWIN/POINT"),
        /** Points of more than one byte in registers. */
        REGISTERS("TWIN/POINT"),
        /** All values of a twin, a device or a connection at once. */
        IMAGE("TWIN, CONNECTION/DEVICE or CONNECTION"),
        /** Waveforms of acceleration whose {@code vibration} names a bearing. */
        ACCELEROMETER("TWIN/POINT"),
        /** A twin with physics behind it. */
        MACHINE("TWIN"),
        /** A device, every device of a connection, or the device of a twin. */
        DEVICE("CONNECTION/DEVICE, CONNECTION or TWIN"),
        /** The port of a connection. */
        CONNECTION("CONNECTION");

        private final String form;

        Target(String form) {
            this.form = form;
        }

        /** How a target is written. */
        public String form() {
            return form;
        }

        /** Whether it changes what single points show. */
        public boolean isOnPoints() {
            return this == NUMBER || this == POINT || this == REGISTERS;
        }
    }

    private final Target target;
    private final String equation;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<FaultParameter> parameters;

    FaultKind(Target target, String equation, FaultParameter... parameters) {
        this.target = target;
        this.equation = equation;
        this.parameters = List.of(parameters);
    }

    /** As written in commands and files: {@code swapped-words}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Target target() {
        return target;
    }

    /** What it does, in one line. */
    public String equation() {
        return equation;
    }

    public List<FaultParameter> parameters() {
        return parameters;
    }

    /** {@code drift rate=N [limit=1e12]}. */
    public String usage() {
        return (text() + " " + parameters.stream().map(FaultParameter::usage).collect(Collectors.joining(" "))).strip();
    }

    /** The kind of that name. */
    public static Optional<FaultKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
