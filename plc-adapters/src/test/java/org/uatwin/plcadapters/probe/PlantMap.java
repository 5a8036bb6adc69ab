package org.uatwin.plcadapters.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Encoded;
import org.uatwin.plcadapters.codec.ValueCodec;

/**
 * A register map such as devices have, made from a seed: measured values with noise, setpoints, counters, states, texts,
 * the time, unused registers, in any order and at any offset; values of several registers all in one byte order. What a
 * quantity looks like is taken from what plants measure, not from what the explainer looks for.
 */
final class PlantMap {
    /** One quantity as it evolves. */
    private interface Quantity {
        /** Its value at second t: a number, or a text. */
        Object at(double t);
    }

    private record Entry(int offset, RegisterFormat format, ValueType type, Quantity quantity) {}

    final WordOrder order;
    final int offset;
    final int size;
    private final List<Entry> entries = new ArrayList<>();

    PlantMap(long seed, WordOrder order) {
        SplittableRandom random = new SplittableRandom(seed);
        this.order = order;
        offset = random.nextInt(0, 1000);
        int at = offset;
        int count = random.nextInt(6, 30);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(5) == 0) {
                at += random.nextInt(1, 6); // unused
            }
            at += add(at, random);
        }
        size = at - offset;
    }

    private int add(int at, SplittableRandom random) {
        int what = random.nextInt(100);
        if (what < 35) {
            return number(at, RegisterType.FLOAT32, analog(random));
        } else if (what < 40) {
            return number(at, RegisterType.FLOAT64, analog(random));
        } else if (what < 52) {
            Quantity q = analog(random);
            int scale = random.nextBoolean() ? 10 : 100;
            return number(at, RegisterType.INT16, t -> Math.max(-32_768, Math.min(32_767, (double) q.at(t) * scale)));
        } else if (what < 62) {
            int states = random.nextInt(2, 9);
            return number(at, RegisterType.UINT16, constant(random.nextInt(states)));
        } else if (what < 68) {
            return number(at, RegisterType.UINT16, constant(random.nextInt(65_536))); // status bits
        } else if (what < 82) {
            double start = Math.pow(10, random.nextDouble(0, 9));
            double perSecond = random.nextInt(3) == 0 ? 0 : Math.pow(10, random.nextDouble(-3, 2));
            return number(
                    at,
                    random.nextInt(3) > 0 ? RegisterType.UINT32 : RegisterType.INT32,
                    t -> Math.floor(start + perSecond * t));
        } else if (what < 86) {
            double start = Math.pow(10, random.nextDouble(3, 12));
            return number(at, RegisterType.UINT64, t -> Math.floor(start + 137 * t));
        } else if (what < 90) {
            double now = 1_700_000_000 + random.nextInt(100_000_000);
            return number(at, RegisterType.UINT32, t -> Math.floor(now + t));
        } else if (what < 96) {
            double[] round = {0, 1, 10, 20, 25, 50, 60, 80, 100, 150, 1000, 1450, 1500, 2950, 0.5, 2.5, 7.5, 37.5};
            return number(at, RegisterType.FLOAT32, constant(round[random.nextInt(round.length)]));
        }
        String[] texts = {"PUMP-01", "Sensor 4711", "V1.02.003", "Main line", "EM24", "ABB ACS580", "SN 0815-22"};
        String text = texts[random.nextInt(texts.length)];
        RegisterFormat format = new RegisterFormat(RegisterType.STRING, WordOrder.BIG_ENDIAN, 1, 16, -1, 0, 1, 0);
        entries.add(new Entry(at, format, ValueType.STRING, t -> text));
        return 8;
    }

    private int number(int at, RegisterType type, Quantity quantity) {
        WordOrder own = type.registers() > 1 ? order : WordOrder.BIG_ENDIAN;
        RegisterFormat format = new RegisterFormat(type, own, 1, 0, -1, 0, 1, 0);
        entries.add(new Entry(at, format, type.natural(), quantity));
        return type.registers();
    }

    private static Quantity constant(double value) {
        return t -> value;
    }

    /** A measured value: a level, a slow swing about it, noise of the sensor, its resolution. */
    private static Quantity analog(SplittableRandom random) {
        double level = random.nextInt(8) == 0
                ? 0
                : Math.pow(10, random.nextDouble(-1.5, 4)) * (random.nextInt(10) == 0 ? -1 : 1);
        double swing = Math.abs(level) * random.nextDouble(0, 0.05);
        double noise = Math.abs(level) * Math.pow(10, random.nextDouble(-4, -2));
        double period = random.nextDouble(5, 600);
        double phase = random.nextDouble(0, 6);
        double resolution =
                random.nextInt(3) == 0 ? Math.pow(10, Math.floor(Math.log10(Math.abs(level) + 1e-9)) - 3) : 0;
        SplittableRandom ofNoise = random.split();
        return t -> {
            double value = level
                    + swing * Math.sin(phase + 2 * Math.PI * t / period)
                    + noise * (ofNoise.nextDouble() + ofNoise.nextDouble() + ofNoise.nextDouble() - 1.5);
            return resolution > 0 ? Math.round(value / resolution) * resolution : value;
        };
    }

    /** Puts the values of second t into a poll begun already. */
    void poll(RegisterSeries series, double t) {
        series.add(offset, new byte[2 * size]);
        for (Entry entry : entries) {
            series.add(entry.offset, encode(entry, t));
        }
    }

    private static byte[] encode(Entry entry, double t) {
        ValueCodec codec = new ValueCodec(entry.format, ModbusTable.HOLDING_REGISTER, entry.type, false);
        Object value = entry.quantity.at(t);
        Encoded encoded = value instanceof Double number
                ? codec.encode(entry.type.fromDouble(number), null, -1)
                : codec.encode(0, value, -1);
        return encoded.data();
    }

    /** Values of a type in the map that are not zero all the time, of which nobody could tell the type. */
    List<Integer> offsets(RegisterType type) {
        return entries.stream()
                .filter(e -> e.format.type() == type && !Double.valueOf(0).equals(e.quantity.at(1)))
                .map(Entry::offset)
                .toList();
    }

    RegisterSeries series(int polls) {
        RegisterSeries series = new RegisterSeries(offset, size);
        for (int i = 0; i < polls; i++) {
            series.beginPoll();
            poll(series, i);
        }
        return series;
    }
}
