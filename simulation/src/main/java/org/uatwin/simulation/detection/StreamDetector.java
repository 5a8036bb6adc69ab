package org.uatwin.simulation.detection;

/**
 * Tells of one point, value by value, how strange the present is compared with its own past. It needs no training and no
 * knowledge of the point, learns on, and looks at nothing that comes later.
 *
 * <p>Nine things are watched: how far the latest 1, 2, 4, 8, 16 and 32 values lie from the most similar stretch of the past, the
 * latest 1 and 8 from the same time of other days, and the mean of the latest 64. Each becomes its rarity among its own
 * past; their sum over the root of their number is the strangeness. A point that stands still is watched for as well: that, or any one of the
 * nine, is an alarm by itself if it is rare enough. What has happened before is not strange any more.
 *
 * <p>Owned by one thread. A value costs some 10 to 100 µs; memory is about 120 bytes a value remembered, 0.7 MB by default.
 */
public final class StreamDetector {
    private static final int LEVEL_WIDTH = 64;
    private static final int STILL_WIDTH = 32;
    private static final double ALONE = 7; // rarity of one thing that is an alarm by itself: once in ten million
    private static final double ECHO = 1.3; // times what was reported below an alarm: less is the same event

    /**
     * How to watch.
     *
     * @param memory values of the past that count, 100 or more.
     * @param fewest values before anything is said.
     * @param alarm strangeness that is an alarm; one thing watched that is nothing special adds 0.15, one in a thousand adds 1.
     * @param rest values after an alarm, in which there is none.
     * @param breakthrough times the strangeness of the last alarm, that ends the rest; 1 or more.
     */
    public record Settings(int memory, int fewest, double alarm, int rest, double breakthrough) {
        public static final Settings DEFAULT = new Settings(6_000, 100, 5.4, 150, 2);

        /**
         * @throws IllegalArgumentException if a number is out of its range.
         */
        public Settings {
            if (memory < 100 || fewest < 0 || !(alarm > 0) || rest < 0 || !(breakthrough >= 1)) {
                throw new IllegalArgumentException(
                        "no such settings: memory %d, fewest %d, alarm %s, rest %d, breakthrough %s"
                                .formatted(memory, fewest, alarm, rest, breakthrough));
            }
        }
    }

    /**
     * One moment.
     *
     * @param score 0 to 1, 0.5 and above is an alarm; 0 while resting after one.
     * @param strangeness 1 at the limit of an alarm; goes on while resting.
     * @param reason what is strangest; empty while nothing can be said.
     */
    public record Reading(double score, double strangeness, String reason) {
        static final Reading NOTHING = new Reading(0, 0, "");

        public boolean isAlarm() {
            return score >= 0.5;
        }
    }

    /** In which direction a measure is strange. */
    private enum Side {
        HIGH,
        LOW,
        BOTH
    }

    /** One thing that is watched. */
    private static final class Aspect {
        final String name;
        final Side side;
        final StreamTail tail;

        Aspect(String name, Side side, int memory) {
            this.name = name;
            this.side = side;
            tail = new StreamTail(memory);
        }

        /** Of the present measure, which is then part of the past; NaN while nothing can be said. */
        double rarity(double measure) {
            if (Double.isNaN(measure)) {
                return Double.NaN;
            }
            double rarity = Double.NaN;
            if (tail.isReady()) {
                double high = side == Side.LOW ? 0 : tail.rarityAbove(measure);
                rarity = side == Side.HIGH ? high : Math.max(high, tail.rarityBelow(measure));
            }
            tail.add(measure);
            return rarity;
        }
    }

    private final Settings settings;
    private final StreamNeighbours neighbours;
    private final Aspect[] courses = new Aspect[StreamNeighbours.WIDTHS.length];
    private final Aspect[] ofDay = new Aspect[StreamNeighbours.DAY_WIDTHS.length];
    private final Aspect level;
    private final Aspect stillness;
    private long seen;
    private long sinceReport = Long.MAX_VALUE / 2; // values since a score was not 0
    private double reported; // the strangeness then

    // of the value at hand
    private double sum;
    private int number;
    private double most;
    private String reason = "";

    public StreamDetector(Settings settings) {
        this.settings = settings;
        int memory = settings.memory();
        neighbours = new StreamNeighbours(memory);
        for (int i = 0; i < courses.length; i++) {
            int width = StreamNeighbours.WIDTHS[i];
            courses[i] = new Aspect(
                    width == 1 ? "a new value" : "a new course of %d values".formatted(width), Side.HIGH, memory);
        }
        for (int i = 0; i < ofDay.length; i++) {
            int width = StreamNeighbours.DAY_WIDTHS[i];
            ofDay[i] = new Aspect(
                    width == 1
                            ? "not the value of this time of day"
                            : "not the course of %d values of this time of day".formatted(width),
                    Side.HIGH,
                    memory);
        }
        level = new Aspect("level of the last %d values".formatted(LEVEL_WIDTH), Side.BOTH, memory);
        stillness = new Aspect("the last %d values stand still".formatted(STILL_WIDTH), Side.LOW, memory);
    }

    /**
     * The score of the next value, see {@link Reading#score}.
     *
     * @param time as of {@link org.uatwin.informationmodel.value.UaTime}; the time of day and the day are used, no sampling rate.
     * @param value one that is not finite is passed over: the score is 0.
     */
    public double score(long time, double value) {
        return next(time, value).score();
    }

    /** The same with the reason. */
    public Reading next(long time, double value) {
        if (!Double.isFinite(value)) {
            return Reading.NOTHING;
        }
        seen++;
        neighbours.add(time, value);
        sum = 0;
        number = 0;
        most = 0;
        reason = "";
        for (int i = 0; i < courses.length; i++) {
            together(courses[i], neighbours.nearest(i));
        }
        for (int i = 0; i < ofDay.length; i++) {
            together(ofDay[i], neighbours.nearestOfDay(i));
        }
        together(level, neighbours.mean(LEVEL_WIDTH));
        // by its logarithm: half as lively is as strange for every point, and no movement at all is beyond measure
        double liveliness = StrictMath.log(Math.max(Double.MIN_NORMAL, neighbours.deviation(STILL_WIDTH)));
        alone(stillness, stillness.rarity(liveliness));
        if (seen <= settings.fewest() || number == 0) {
            return Reading.NOTHING;
        }
        return judge(Math.max(sum / Math.sqrt(number) / settings.alarm(), most / ALONE), reason);
    }

    private void together(Aspect aspect, double measure) {
        double rarity = aspect.rarity(measure);
        if (!Double.isNaN(rarity)) {
            sum += rarity;
            number++;
            alone(aspect, rarity);
        }
    }

    private void alone(Aspect aspect, double rarity) {
        if (rarity > most) {
            most = rarity;
            reason = aspect.name;
        }
    }

    private Reading judge(double strangeness, String reason) {
        sinceReport++;
        if (sinceReport <= settings.rest() && isEcho(strangeness)) {
            return new Reading(0, strangeness, reason);
        }
        sinceReport = 0;
        reported = strangeness;
        return new Reading(strangeness / (1 + strangeness), strangeness, reason);
    }

    private boolean isEcho(double strangeness) {
        return reported >= 1
                ? strangeness < settings.breakthrough() * reported
                : strangeness < Math.min(1, ECHO * reported);
    }
}
