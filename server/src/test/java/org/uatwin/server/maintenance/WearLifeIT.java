package org.uatwin.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * From samples of weeks to a remaining life, through the server as it is, in virtual time: a filter of a type of one's own clogs ever faster
 * until its differential pressure is at its alarm limit after 600 h.
 */
@Tag("acceptance")
class WearLifeIT {
    private static final double LIFE_H = 600;
    private static final long STEP = 300 * UaTime.TICKS_PER_SECOND;
    private static final List<PlainUser> USERS = List.of(new PlainUser("operator", "operator", Set.of(Role.OBSERVER)));
    private static final String PLANT =
            """
            uatwin: 1
            siteId: test
            server: {host: localhost, port: 0, securityNone: true, anonymous: Observer}
            connections:
              line: {protocol: modbus-tcp, host: 127.0.0.1, port: 15020, devices: {plc: {unit: 1}}}
            types:
              Filter:
                version: 1.0.0
                points:
                  DifferentialPressure: {unit: bar, euRange: [0, 3], limits: {highHigh: 2}, wear: {failureMode: Clogged}}
            twins:
              - {id: filter, type: Filter, device: line/plc, points: {DifferentialPressure: holding 0 float64}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final NoiseStream noise = NoiseStream.ofSeed(4);
    private final long begin = UaTime.ofInstant(Instant.parse("2026-11-01T00:00:00Z"));
    private long now = begin;

    /** Samples come from the test. */
    private static final class Still implements LinkOpener {
        final List<Runnable> following = new ArrayList<>();

        @Override
        public Link open(LinkOpening opening) {
            return new VirtualTimePlant.StillLink(opening.connection().name());
        }

        @Override
        public boolean every(long periodMs, Runnable work) {
            return true; // statistics of links are not looked at
        }

        @Override
        public boolean afterEachStep(Runnable work) {
            following.add(work);
            return true;
        }
    }

    private Still links = new Still();

    private UatwinServer start() {
        links = new Still();
        Plant plant = PlantFile.read(PLANT, "test.yaml").plant().orElseThrow();
        return UatwinServer.start(plant, new ServerOptions(data, USERS).withLinks(links, () -> UaTime.toInstant(now)));
    }

    private double age() {
        return (double) (now - begin) / UaTime.TICKS_PER_SECOND / 3600;
    }

    /** 0.4 bar as new, 2 bar at the end of its life. */
    private void run(UatwinServer server, double untilAge) {
        TwinInstance filter = Objects.requireNonNull(server.live().instance("filter"));
        int row = filter.row("DifferentialPressure");
        while (age() < untilAge) {
            now += STEP;
            double bar = 0.4 * StrictMath.pow(5, age() / LIFE_H) * (1 + 0.02 * noise.gaussian());
            SampleBatch batch = new SampleBatch(1);
            batch.add(row, Double.doubleToRawLongBits(bar), StatusCode.GOOD, now, now);
            server.live().table().submit(server.live().table().shardOf(row), batch);
            links.following.forEach(Runnable::run);
        }
    }

    private static double number(UatwinServer server, String point) {
        Sample sample = sample(server, point);
        assertThat(sample.status()).as(point).isEqualTo(StatusCode.GOOD);
        return Double.longBitsToDouble(sample.bits());
    }

    private static Sample sample(UatwinServer server, String point) {
        TwinInstance filter = Objects.requireNonNull(server.live().instance("filter"));
        return server.live().table().read(filter.row(point));
    }

    @Test
    void weeksOfSamplesTellTheRemainingLife() {
        try (UatwinServer server = start()) {
            for (double share : new double[] {0.3, 0.5, 0.7}) {
                run(server, share * LIFE_H);
                double truth = LIFE_H - age();
                double lower = number(server, MaintenancePoints.REMAINING_LIFE_LOWER);
                double upper = number(server, MaintenancePoints.REMAINING_LIFE_UPPER);
                System.out.printf(
                        "at %.0f %% of life: %.0f h left, said %.0f h (%.0f to %.0f)%n",
                        100 * share, truth, number(server, MaintenancePoints.REMAINING_LIFE), lower, upper);
                assertThat(truth).isBetween(lower, upper);
                assertThat(number(server, MaintenancePoints.REMAINING_LIFE)).isCloseTo(truth, within(0.25 * truth));
            }
            assertThat(String.valueOf(
                            sample(server, MaintenancePoints.DOMINANT_MODE).object()))
                    .isEqualTo("Clogged");
            assertThat(number(server, MaintenancePoints.INTERVAL_COVERAGE))
                    .as("what was said on the way, against what came")
                    .isGreaterThanOrEqualTo(50);
        }
    }
}
