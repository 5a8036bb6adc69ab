package org.uatwin.historian.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/** What comes out of a block is what went in, bit by bit, and damage is found. */
class BlockCodecTest {
    private static final long DAY = 154_000L * 86_400 * UaTime.TICKS_PER_SECOND;

    /** Extremes, runs, steps and noise: every form of column is met. */
    @Provide
    Arbitrary<List<Long>> longs() {
        Arbitrary<Long> any = Arbitraries.longs();
        Arbitrary<Long> small = Arbitraries.longs().between(-100, 100);
        Arbitrary<Long> thousands = Arbitraries.longs().between(-50, 50).map(n -> n * 10_000);
        Arbitrary<Long> extreme = Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, 1L);
        return Arbitraries.oneOf(any, small, thousands, extreme).list().ofMaxSize(200);
    }

    @Property(tries = 500)
    void everySequenceOfIntegersComesBack(@ForAll("longs") List<Long> values, @ForAll boolean isSummed) {
        long[] sequence = values.stream().mapToLong(Long::longValue).toArray();
        for (int i = 1; isSummed && i < sequence.length; i++) {
            sequence[i] += sequence[i - 1];
        }
        ByteSink sink = new ByteSink(8);
        LongColumn.encode(sink, sequence, 0, sequence.length);
        assertThat(LongColumn.decode(new ByteSource(sink.toBytes()), sequence.length))
                .isEqualTo(sequence);
    }

    @Provide
    Arbitrary<List<Long>> doubles() {
        Arbitrary<Long> any = Arbitraries.longs(); // every bit pattern, NaN with payloads included
        Arbitrary<Long> cents =
                Arbitraries.integers().between(-100_000, 100_000).map(n -> Double.doubleToRawLongBits(n / 100.0));
        Arbitrary<Long> floats = Arbitraries.floats().map(f -> Double.doubleToRawLongBits(f));
        Arbitrary<Long> special = Arbitraries.of(-0.0, 0.0, Double.NaN, Double.POSITIVE_INFINITY, 1e300, 0.1 + 0.2)
                .map(Double::doubleToRawLongBits);
        return Arbitraries.oneOf(
                cents.list().ofMaxSize(100),
                floats.list().ofMaxSize(100),
                Arbitraries.oneOf(any, cents, floats, special).list().ofMaxSize(100));
    }

    @Property(tries = 500)
    void everyDoubleComesBackWithAllItsBits(@ForAll("doubles") List<Long> values, @ForAll boolean isFloat) {
        long[] bits = values.stream().mapToLong(Long::longValue).toArray();
        ByteSink sink = new ByteSink(8);
        DoubleColumn.encode(sink, bits, 0, bits.length, isFloat);
        assertThat(DoubleColumn.decode(new ByteSource(sink.toBytes()), bits.length))
                .isEqualTo(bits);
    }

    private static @Nullable Object object(Random random, int kind) {
        return switch (kind) {
            case 0 -> null;
            case 1 -> "state " + random.nextInt(3);
            case 2 -> "\uD83D half a pair"; // cannot be UTF-8
            case 3 -> random.longs(random.nextInt(4)).toArray();
            case 4 -> random.doubles(random.nextInt(4)).toArray();
            case 5 -> new boolean[] {random.nextBoolean(), random.nextBoolean()};
            case 6 -> new @Nullable String[] {"", null, "Grüße"};
            default -> "";
        };
    }

    private static SampleRun run(Random random, int count, boolean hasObjects) {
        SampleRun run = new SampleRun();
        long time = DAY;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(4) * 10_000_000L + (random.nextInt(10) == 0 ? random.nextInt(10_000_000) : 0);
            long receive = random.nextInt(5) == 0 ? time + random.nextInt(1_000_000) - 500 : time;
            int status = random.nextInt(10) == 0 ? 0x8031_0000 | random.nextInt(2) : 0;
            Object object = hasObjects ? object(random, random.nextInt(8)) : null;
            run.add(time, receive, hasObjects ? 0 : random.nextLong(), object, status);
        }
        return run;
    }

    private static List<List<@Nullable Object>> samples(SampleRun run, int from, int to) {
        List<List<@Nullable Object>> samples = new ArrayList<>();
        for (int i = from; i < to; i++) {
            List<@Nullable Object> sample = new ArrayList<>();
            sample.add(run.time(i));
            sample.add(run.receiveTime(i));
            sample.add(run.bits(i));
            sample.add(run.statusBits(i));
            sample.add(run.object(i));
            samples.add(sample);
        }
        return samples;
    }

    @Property(tries = 300)
    void aBlockHoldsTimesValuesAndStatusesAsTheyWere(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 150) int count, @ForAll ValueType type) {
        SampleRun run = run(new Random(seed), count, !type.isPrimitive());
        byte[] block = BlockCodec.encode(run, 0, count, type);
        assertThat(samples(BlockCodec.decode(block, run.time(0)), 0, count))
                .usingRecursiveComparison()
                .isEqualTo(samples(run, 0, count));
    }

    @Property(tries = 200)
    void aJournalHoldsEveryTagsSamplesInTheOrderTheyCame(@ForAll long seed, @ForAll @NotEmpty List<ValueType> types) {
        Random random = new Random(seed);
        SampleRun run = new SampleRun();
        List<Integer> tags = new ArrayList<>();
        JournalCodec.Writer writer = new JournalCodec.Writer(10);
        for (int i = 0; i < types.size(); i++) {
            ValueType type = types.get(i);
            int tag = random.nextInt(3) == 0 ? random.nextInt(1 << 20) : i;
            long bits = type.isFloating() && random.nextBoolean()
                    ? Double.doubleToRawLongBits(random.nextInt(1000) / (random.nextBoolean() ? 100.0 : 10.0))
                    : random.nextLong();
            Object object = type.isPrimitive() ? null : object(random, random.nextInt(8));
            long time = DAY + random.nextInt(3);
            run.add(time, time + random.nextInt(2), bits, object, random.nextInt(2) << 30);
            tags.add(tag);
            writer.add(tag, type, time, run.receiveTime(i), bits, object, run.statusBits(i));
        }
        SampleRun back = new SampleRun();
        List<Integer> tagsBack = new ArrayList<>();
        JournalCodec.decode(writer.seal(7), types.size(), 7, (tag, time, receive, bits, object, status) -> {
            tagsBack.add(tag);
            back.add(time, receive, bits, object, status);
        });
        assertThat(tagsBack).isEqualTo(tags);
        assertThat(samples(back, 0, back.size())).usingRecursiveComparison().isEqualTo(samples(run, 0, run.size()));
    }

    /** A disk that changes one bit must not change a value silently. */
    @Property(tries = 200)
    void oneChangedBitIsFound(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int count) {
        Random random = new Random(seed);
        SampleRun run = run(random, count, false);
        byte[] block = BlockCodec.encode(run, 0, count, ValueType.DOUBLE);
        int bit = random.nextInt(block.length * 8);
        block[bit / 8] ^= (byte) (1 << bit % 8);
        assertThatThrownBy(() -> BlockCodec.decode(block, run.time(0))).isInstanceOf(DamagedException.class);
    }

    @Test
    void aBlockInAnotherPlaceIsFound() {
        SampleRun run = run(new Random(1), 10, false);
        byte[] block = BlockCodec.encode(run, 0, 10, ValueType.DOUBLE);
        assertThatThrownBy(() -> BlockCodec.decode(block, run.time(0) + 1)).isInstanceOf(DamagedException.class);
    }

    /** What a plant sends most: one second apart, two decimals, mostly Good. Two bytes a sample with everything. */
    @Test
    void aRandomWalkOfCentsTakesTwoBytesASample() {
        Random random = new Random(5);
        SampleRun run = new SampleRun();
        double value = 50;
        for (int i = 0; i < 100; i++) {
            value = Math.round((value + random.nextGaussian()) * 100) / 100.0;
            run.add(
                    DAY + i * UaTime.TICKS_PER_SECOND,
                    DAY + i * UaTime.TICKS_PER_SECOND,
                    Double.doubleToRawLongBits(value),
                    null,
                    i == 40 ? 0x8031_0000 : 0);
        }
        assertThat(BlockCodec.encode(run, 0, 100, ValueType.DOUBLE).length).isLessThan(200);
    }

    @Test
    void theSummarySaysWhatTheBlockHoldsAndSurvives() {
        SampleRun run = new SampleRun();
        double[] values = {3.5, Double.NaN, -2, 100};
        int[] statuses = {0, 0x4094_0000, 0, 0x8031_0000};
        for (int i = 0; i < values.length; i++) {
            run.add(DAY + i, DAY + i, Double.doubleToRawLongBits(values[i]), null, statuses[i]);
        }
        BlockSummary summary = BlockSummary.of(run, 0, 4, ValueType.DOUBLE);
        assertThat(summary.count()).isEqualTo(4);
        assertThat(summary.good()).isEqualTo(2);
        assertThat(summary.uncertain()).isEqualTo(1);
        assertThat(summary.bad()).isEqualTo(1);
        assertThat(summary.min()).isEqualTo(-2);
        assertThat(summary.max()).isEqualTo(3.5);
        assertThat(summary.sum()).isEqualTo(1.5);
        assertThat(Double.longBitsToDouble(summary.lastBits())).isEqualTo(100);
        assertThat(BlockSummary.parse(summary.toBytes())).isEqualTo(summary);
    }
}
