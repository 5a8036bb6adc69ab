package org.uatwin.server.maintenance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;

/** A server whose plant is a line of three machines without a sensor: what is known of them are the lives of their parts. Time stands until it is moved. */
public final class PlannedPlant implements LinkOpener, AutoCloseable {
    /** A Thursday. */
    public static final Instant BEGIN = Instant.parse("2026-11-26T00:00:00Z");

    private static final List<PlainUser> USERS = List.of(
            new PlainUser("operator", "operator", Set.of(Role.OBSERVER, Role.OPERATOR)),
            new PlainUser("admin", "admin", EnumSet.allOf(Role.class)));

    private static final String FILE =
            """
            uatwin: 1
            siteId: planned
            server: {port: 0, securityNone: true, anonymous: Observer}
            maintenance:
              currency: EUR
              timeZone: Europe/Berlin
              calendars:
                day: {weekly: ["Mon-Sat 06:00-14:00"]}
                weekend: {weekly: ["Sat-Sun 00:00-24:00"]}
              crews:
                fitters: {people: 2, skills: [mechanical], calendar: day}
                sparks: {people: 1, skills: [electrical], calendar: day}
              standstill: weekend
              defaults: {plannedCost: 500 EUR, skills: [mechanical]}
            types:
              Line: {version: 1.0.0, level: system, maintenance: {downtimeCost: 1000 EUR/h, openingCost: 600 EUR}}
              Press:
                version: 1.0.0
                maintenance:
                  inService: 2026-09-01
                  tasks:
                    Seal: {duration: 3 h, failureCost: 6000 EUR, failureDowntime: 5 h, life: {shape: 3, scale: 3000 h}}
                    Fuse: {duration: 1 h, skills: [electrical], failureCost: 900 EUR, life: {mean: 4000 h}}
              Saw: {version: 1.0.0, maintenance: {tasks: {Blade: {duration: 2 h, failureCost: 4000 EUR, life: {learned: true}}}}}
            twins:
              - {id: line-1, type: Line}
              - {id: press-1, type: Press, parent: line-1}
              - {id: press-2, type: Press, parent: line-1, maintenance: {tasks: {Seal: {duration: 12 h, riskLimit: 0.05}}}}
              - {id: saw-1, type: Saw, parent: line-1}
            """;

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final UatwinServer server;

    public PlannedPlant(Path data) {
        PlantReading reading = PlantFile.read(FILE, "planned.yaml");
        Plant plant = reading.plant().orElseThrow(() -> new AssertionError(reading.findings()));
        server = UatwinServer.start(plant, new ServerOptions(data, USERS).withLinks(this, now::get));
    }

    public String endpointUrl() {
        return server.endpointUrl();
    }

    /** Moves time on. */
    public void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Link open(LinkOpening opening) {
        throw new AssertionError("there is no connection");
    }

    @Override
    public boolean every(long periodMs, Runnable work) {
        return true; // nothing is polled
    }

    @Override
    public boolean afterEachStep(Runnable work) {
        return true; // calls do the work themselves
    }

    @Override
    public void close() {
        server.close();
    }
}
