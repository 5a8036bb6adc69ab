package org.uatwin.plcadapters.probe;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;
import org.uatwin.plcadapters.probe.TableSurvey.Chunk;
import org.uatwin.plcadapters.probe.TableSurvey.Refused;

/** Asks a device what it is like. Only reads; one request after the other; stops soon when cancelled. */
public final class Survey {
    private static final int SILENCES = 12; // in a row: nobody is there any more
    private static final int SAMPLES = 5;

    private final Reads reads;
    private final Progress progress;
    private int silentInARow;

    public Survey(Reads reads, Progress progress) {
        this.reads = reads;
        this.progress = progress;
    }

    /**
     * Whether somebody answers under a unit id.
     *
     * @param text what was answered.
     */
    public record UnitAnswer(int unitId, boolean isThere, String text, double millis) {}

    /** Asks each unit id for one element. */
    public List<UnitAnswer> units(List<Integer> unitIds, ModbusTable table, int offset) {
        List<UnitAnswer> answers = new ArrayList<>();
        for (int unitId : unitIds) {
            progress.at("unit id " + unitId, answers.size(), unitIds.size());
            if (progress.isCancelled()) {
                break;
            }
            Reads.Answer answer = reads.read(unitId, table, offset, 1);
            String text = answer.isAnswered() ? "answers" : answer.text();
            answers.add(new UnitAnswer(unitId, answer.isAlive(), text, answer.millis()));
        }
        return answers;
    }

    /** Reads a range once and finds out what of it exists and how much goes into one request. */
    public TableSurvey table(int unitId, ModbusTable table, int offset, int count) {
        RegisterSeries series = new RegisterSeries(offset, count);
        series.beginPoll();
        Scan scan = new Scan(unitId, table, series);
        silentInARow = 0;
        int at = offset;
        while (at < offset + count && !hasToStop()) {
            int quantity = Math.min(scan.most, offset + count - at);
            progress.at("%s %d".formatted(table, at), at - offset, count);
            scan.read(at, quantity);
            at += quantity;
        }
        scan.findLimit();
        return new TableSurvey(
                table,
                series,
                scan.chunks(),
                scan.refusedRuns(),
                scan.largest,
                scan.smallestRefused <= scan.largest + 1);
    }

    private boolean hasToStop() {
        return progress.isCancelled() || silentInARow >= SILENCES;
    }

    /** Reads everything of a table again, as another poll of its series. */
    public void again(int unitId, TableSurvey survey) {
        survey.series().beginPoll();
        for (Chunk chunk : survey.chunks()) {
            if (progress.isCancelled()) {
                return;
            }
            Reads.Answer answer = reads.read(unitId, survey.table(), chunk.offset(), chunk.quantity());
            if (answer.isAnswered()) {
                take(survey.table(), survey.series(), chunk.offset(), chunk.quantity(), answer.data());
            }
        }
    }

    /** Times of answers, milliseconds: median of reads of one element and of the largest read. */
    public record Times(double one, double largest, int quantity) {
        /** Elements that can be read for the time one more request would take: a gap worth reading through. */
        public int worthwhileGap(int atMost) {
            double each = quantity > 1 ? (largest - one) / (quantity - 1) : 0;
            return each <= 0 ? atMost : (int) Math.max(0, Math.min(atMost, Math.floor(one / each)));
        }
    }

    /** Measures how long answers take. */
    public Times times(int unitId, TableSurvey survey) {
        Chunk first = survey.chunks().get(0);
        int largest = Math.min(first.quantity(), Math.max(1, survey.largestRead()));
        List<Double> one = new ArrayList<>();
        List<Double> many = new ArrayList<>();
        for (int i = 0; i < SAMPLES && !progress.isCancelled(); i++) {
            progress.at("response time", i, SAMPLES);
            addTime(one, reads.read(unitId, survey.table(), first.offset(), 1));
            addTime(many, reads.read(unitId, survey.table(), first.offset(), largest));
        }
        return new Times(median(one), median(many), largest);
    }

    private static void addTime(List<Double> times, Reads.Answer answer) {
        if (answer.isAnswered()) {
            times.add(answer.millis());
        }
    }

    private static double median(List<Double> times) {
        return times.isEmpty() ? Double.NaN : times.stream().sorted().toList().get(times.size() / 2);
    }

    private static void take(ModbusTable table, RegisterSeries series, int offset, int quantity, byte[] data) {
        if (!table.isBits()) {
            series.add(offset, data);
            return;
        }
        byte[] registers = new byte[2 * quantity];
        for (int i = 0; i < quantity; i++) {
            registers[2 * i + 1] = (byte) (data[i >> 3] >> (i & 7) & 1);
        }
        series.add(offset, registers);
    }

    /** One table while it is explored. */
    private final class Scan {
        final int unitId;
        final ModbusTable table;
        final RegisterSeries series;
        final List<Refused> refused = new ArrayList<>();
        int most; // quantity to begin with
        int largest;
        int smallestRefused = Integer.MAX_VALUE; // of reads whose offsets all exist

        Scan(int unitId, ModbusTable table, RegisterSeries series) {
            this.unitId = unitId;
            this.table = table;
            this.series = series;
            most = Math.min(table.maxPerRead(), series.size());
        }

        /** Reads a run, and its halves if it is refused as a whole. Whether all of it is there. */
        boolean read(int at, int quantity) {
            if (hasToStop()) {
                return false;
            }
            Reads.Answer answer = ask(at, quantity);
            if (answer.isAnswered()) {
                largest = Math.max(largest, quantity);
                return true;
            }
            if (quantity == 1) {
                refused.add(new Refused(new OffsetRange(table, at, at), answer.text()));
                return false;
            }
            int half = (quantity + 1) / 2;
            boolean isFirstThere = read(at, half);
            boolean isAllThere = read(at + half, quantity - half) && isFirstThere;
            if (isAllThere) { // it was not an address, but too much at once
                smallestRefused = Math.min(smallestRefused, quantity);
                most = Math.min(most, half);
            }
            return isAllThere;
        }

        private Reads.Answer ask(int at, int quantity) {
            Reads.Answer answer = reads.read(unitId, table, at, quantity);
            boolean isWorthAnother = !answer.isAnswered() && answer.outcome() != Reads.Outcome.REFUSED;
            if (isWorthAnother && silentInARow == 0 && !progress.isCancelled()) {
                answer = reads.read(unitId, table, at, quantity);
            }
            silentInARow = answer.isAnswered() || answer.outcome() == Reads.Outcome.REFUSED ? 0 : silentInARow + 1;
            if (answer.isAnswered()) {
                take(table, series, at, quantity, answer.data());
            }
            return answer;
        }

        /** Closes in on the largest read by halves, in the longest run that is there. */
        void findLimit() {
            Chunk run = longestRun();
            int low = Math.min(largest, run.quantity());
            int high = Math.min(Math.min(run.quantity(), table.maxPerRead()), smallestRefused - 1);
            while (low < high && !hasToStop()) {
                int middle = (low + high + 1) / 2;
                progress.at("largest read of " + table, middle, table.maxPerRead());
                if (ask(run.offset(), middle).isAnswered()) {
                    low = middle;
                } else {
                    high = middle - 1;
                    smallestRefused = Math.min(smallestRefused, middle);
                }
            }
            largest = Math.max(largest, low);
        }

        private Chunk longestRun() {
            Chunk longest = new Chunk(series.offset(), 0);
            for (Chunk run : runs(Integer.MAX_VALUE)) {
                longest = run.quantity() > longest.quantity() ? run : longest;
            }
            return longest;
        }

        List<Chunk> chunks() {
            return runs(Math.max(1, largest));
        }

        private List<Chunk> runs(int longest) {
            List<Chunk> runs = new ArrayList<>();
            for (int at = 0; at < series.size(); ) {
                int n = 0;
                while (n < longest && series.has(at, n + 1)) {
                    n++;
                }
                if (n > 0) {
                    runs.add(new Chunk(series.offset() + at, n));
                }
                at += Math.max(1, n);
            }
            return runs;
        }

        List<Refused> refusedRuns() {
            List<Refused> runs = new ArrayList<>();
            for (Refused one : refused) {
                Refused last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
                if (last != null
                        && last.range().last() + 1 == one.range().first()
                        && last.cause().equals(one.cause())) {
                    OffsetRange joined = new OffsetRange(
                            table, last.range().first(), one.range().last());
                    runs.set(runs.size() - 1, new Refused(joined, one.cause()));
                } else {
                    runs.add(one);
                }
            }
            return runs;
        }
    }
}
