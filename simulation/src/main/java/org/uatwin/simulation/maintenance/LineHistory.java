package org.uatwin.simulation.maintenance;

import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Setup;

/**
 * One history of a line under one policy, in steps of the sampling interval of operating time. The k-th part of a station is the same
 * part under both policies: its rate, its wear at each age and its unannounced failure come from a stream of its own. Owned by one thread.
 */
final class LineHistory {
    /** How the line is run. */
    record Rules(
            double horizon,
            double breakEvery,
            double sampleEvery,
            double noise,
            double rateSpread,
            double riskLimit,
            double unannounced,
            double tooEarly) {
        static Rules of(Setup s) {
            return new Rules(
                    s.parameter("Horizon"),
                    s.parameter("BreakEvery"),
                    Math.min(s.parameter("SampleEvery"), s.parameter("BreakEvery")),
                    s.parameter("SensorNoise"),
                    s.parameter("RateSpread"),
                    s.parameter("RiskLimit"),
                    s.parameter("Unannounced"),
                    s.parameter("TooEarly"));
        }
    }

    /** What was counted. */
    static final class Account {
        double unplannedHours;
        double plannedHours;
        long failures;
        long unannounced;
        long replacements;
        long falseAlarms;
        double lifeUsed;

        double downtime() {
            return unplannedHours + plannedHours;
        }

        void add(Account other) {
            unplannedHours += other.unplannedHours;
            plannedHours += other.plannedHours;
            failures += other.failures;
            unannounced += other.unannounced;
            replacements += other.replacements;
            falseAlarms += other.falseAlarms;
            lifeUsed += other.lifeUsed;
        }
    }

    private final Rules rules;
    private final Station[] stations;

    LineHistory(DataTable table, Rules rules, long seed) {
        this.rules = rules;
        NoiseStream root = NoiseStream.ofSeed(seed);
        stations = new Station[table.rows()];
        for (int i = 0; i < stations.length; i++) {
            stations[i] = new Station(
                    rules,
                    table.number(i, "mean_life_h"),
                    table.number(i, "life_cv"),
                    table.number(i, "repair_h"),
                    table.number(i, "planned_h"),
                    root.split());
        }
    }

    /** @param acts whether parts are replaced by prediction. */
    Account run(boolean acts) {
        Account account = new Account();
        double nextBreak = rules.breakEvery();
        for (double t = 0; t < rules.horizon(); t += rules.sampleEvery()) {
            for (Station station : stations) {
                station.work(account);
            }
            if (t + rules.sampleEvery() >= nextBreak) {
                nextBreak += rules.breakEvery();
                if (acts) {
                    breakTime(account);
                }
            }
        }
        return account;
    }

    /** Replacements of one break go on side by side: the line stands for as long as the longest takes. */
    private void breakTime(Account account) {
        double longest = 0;
        for (Station station : stations) {
            if (station.predictor.failureWithin(rules.breakEvery()) > rules.riskLimit()) {
                station.replace(account);
                longest = Math.max(longest, station.plannedHours);
            }
        }
        account.plannedHours += longest;
    }

    private static final class Station {
        private final Rules rules;
        private final double repairHours;
        private final double plannedHours;
        private final double meanRate;
        private final double diffusion;
        private final NoiseStream parts;
        private final WearPredictor predictor;
        private NoiseStream wear;
        private NoiseStream sensor;
        private double rate;
        private double level;
        private double age;
        private double unannouncedAt;

        Station(Rules rules, double meanLife, double cv, double repairHours, double plannedHours, NoiseStream stream) {
            this.rules = rules;
            this.repairHours = repairHours;
            this.plannedHours = plannedHours;
            meanRate = 1 / meanLife;
            diffusion = cv * Math.sqrt(meanRate); // life to first passage has variance sigma^2 / mu^3
            predictor = new WearPredictor(meanRate, rules.rateSpread() * meanRate, diffusion, rules.noise());
            parts = stream;
            wear = parts;
            sensor = parts;
            renew();
        }

        private void renew() {
            NoiseStream part = parts.split();
            wear = part.split();
            sensor = part.split();
            // Log-normal: no part mends itself.
            double spread = rules.rateSpread();
            double variance = StrictMath.log(1 + spread * spread);
            rate = meanRate * StrictMath.exp(Math.sqrt(variance) * part.gaussian() - 0.5 * variance);
            // Competing risks: a part of mean life 1/meanRate fails unannounced before with the probability that is
            // asked for.
            double share = Math.min(rules.unannounced(), 1 - 1e-9);
            double perHour = -StrictMath.log(1 - share) * meanRate;
            unannouncedAt = perHour > 0 ? -StrictMath.log(1 - part.uniform()) / perHour : Double.POSITIVE_INFINITY;
            level = 0;
            age = 0;
            predictor.renew();
        }

        void work(Account account) {
            double h = rules.sampleEvery();
            age += h;
            level += rate * h + diffusion * Math.sqrt(h) * wear.gaussian();
            predictor.measured(h, level + rules.noise() * sensor.gaussian());
            boolean isUnannounced = age >= unannouncedAt;
            if (level >= 1 || isUnannounced) {
                account.failures++;
                account.unannounced += isUnannounced ? 1 : 0;
                account.unplannedHours += repairHours;
                renew();
            }
        }

        void replace(Account account) {
            account.replacements++;
            double left = Math.max(0, 1 - level) / rate;
            double used = age / (age + left);
            account.lifeUsed += used;
            account.falseAlarms += 1 - used > rules.tooEarly() ? 1 : 0;
            renew();
        }
    }
}
