package org.uatwin.server.assembly;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantDiff;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.TypeChange;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.address.ModelChanges;
import org.uatwin.server.address.PlantItems;
import org.uatwin.server.address.PlantNodes;
import org.uatwin.server.address.TypeDeclarations;
import org.uatwin.server.engine.PlantSwap;
import org.uatwin.server.event.EventRecord;
import org.uatwin.server.reload.PlantSource;
import org.uatwin.server.reload.ReloadResult;
import org.uatwin.server.service.TwinServer;
import org.uatwin.server.types.TypeDeclaration;
import org.uatwin.server.types.TypeSpace;

/**
 * Takes a changed plant over while the server runs: read, checked, compared and prepared first, so that whatever is wrong
 * is found before anything changes; then one step that requests see as a whole. Any thread; one reload at a time.
 */
public final class Reloader implements AutoCloseable {
    private static final int CLOSE_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    /** The parts of a running server that a reload concerns. */
    record Parts(
            TwinServer server,
            TypeSpace types,
            PlantNodes nodes,
            PlantItems items,
            Links links,
            History history,
            InstantSource clock) {}

    /** Of a server that was not started from a file. */
    static final PlantSource NO_SOURCE = () -> new PlantReading(
            Optional.empty(),
            List.of(new Finding(
                    Finding.Severity.ERROR,
                    "plant",
                    0,
                    0,
                    "",
                    "this server was not started from a plant file",
                    "",
                    "start it with: uatwin run PLANT")),
            true,
            Set.of());

    private final Parts parts;
    private final PlantSource source;
    private volatile boolean isClosed;
    private final ReentrantLock running = new ReentrantLock();
    private final List<Consumer<PlantSwap>> preparers = new CopyOnWriteArrayList<>();
    private final List<Consumer<PlantSwap>> followers = new CopyOnWriteArrayList<>();
    private final List<Consumer<ReloadResult>> reports = new CopyOnWriteArrayList<>();

    Reloader(Parts parts, PlantSource source) {
        this.parts = parts;
        this.source = source;
    }

    /** Adds what has to know the next plant before requests see it: called on the reloading thread, with nothing locked. */
    public void addPreparer(Consumer<PlantSwap> preparer) {
        preparers.add(preparer);
    }

    /**
     * Adds what has to follow the plant: called after requests see the new plant and before links work by it, on the
     * reloading thread, with nothing locked.
     */
    public void addFollower(Consumer<PlantSwap> follower) {
        followers.add(follower);
    }

    /** Adds somebody who wants to know how each reload ended; dry runs are not told. */
    public void addReport(Consumer<ReloadResult> report) {
        reports.add(report);
    }

    /** Reads the plant again and takes it over; with {@code isDryRun} only says what that would do. */
    public ReloadResult reload(boolean isDryRun) {
        return reload(source.read(), isDryRun, diff -> "");
    }

    /**
     * As {@link #reload(boolean)}, for a plant that was read already.
     *
     * @param objection says why a change is not to be taken over although the file is right; empty if it may be.
     */
    public ReloadResult reload(PlantReading reading, boolean isDryRun, Objection objection) {
        if (isClosed || !running.tryLock()) {
            return ReloadResult.refused("Another reload is under way. Nothing was changed; try again.", List.of());
        }
        try {
            long start = System.nanoTime();
            ReloadResult result = checked(reading, isDryRun, objection);
            if (!isDryRun) {
                report(result, (System.nanoTime() - start) / 1_000_000);
            }
            return result;
        } finally {
            running.unlock();
        }
    }

    /** A reason not to take a change over. */
    @FunctionalInterface
    public interface Objection {
        String to(PlantDiff diff);
    }

    private ReloadResult checked(PlantReading reading, boolean isDryRun, Objection objection) {
        List<String> findings = new ArrayList<>();
        reading.findings().stream().map(Finding::toString).forEach(findings::add);
        if (reading.plant().isEmpty()) {
            return ReloadResult.refused(
                    "The plant file has errors. Nothing was changed; mend what the findings say and reload again.",
                    findings);
        }
        Plant now = parts.nodes().live().plant();
        Plant read = reading.plant().get();
        if (!read.siteId().equals(now.siteId())) {
            return ReloadResult.refused(
                    "siteId is \"%s\" in the file but \"%s\" here, and every NodeId depends on it. Nothing was changed. Fix: write siteId: %s again, or start another server for the other site."
                            .formatted(read.siteId(), now.siteId(), now.siteId()),
                    findings);
        }
        PlantDiff diff = PlantDiff.between(now, read);
        findings.addAll(diff.warnings());
        if (diff.isEmpty() && read.name().equals(now.name())) {
            String rest = diff.restart().isEmpty() ? "" : " Some settings need a restart; see the findings.";
            return new ReloadResult(
                    ReloadResult.Outcome.UNCHANGED, "The plant did not change." + rest, findings, 0, 0, 0);
        }
        String objected = objection.to(diff);
        if (!objected.isEmpty()) {
            return ReloadResult.refused(objected, findings);
        }
        return apply(read.withServer(settings -> now.server()).sharing(now), diff, findings, isDryRun);
    }

    private ReloadResult apply(Plant plant, PlantDiff diff, List<String> findings, boolean isDryRun) {
        PlantNodes.State before = parts.nodes().state();
        PlantSwap swap;
        try {
            swap = before.live().next(plant);
        } catch (RuntimeException e) {
            return cannotBeLaidOut(e, findings);
        }
        Prepared prepared;
        try {
            prepared = prepare(before, swap, diff);
            if (!isDryRun) {
                parts.types().addTwinTypes(prepared.types().added());
            }
        } catch (RuntimeException e) {
            swap.abort();
            return cannotBeLaidOut(e, findings);
        }
        if (isDryRun) {
            swap.abort();
            return result(ReloadResult.Outcome.CHECKED, "Would be taken over", diff, findings);
        }
        try {
            carryOut(swap, prepared);
        } catch (RuntimeException e) {
            LOG.error("a reload stopped half way; restart the server, and please report this", e);
            return ReloadResult.refused(
                    "A defect of uatwin stopped the reload half way: %s. Fix: restart the server.".formatted(e),
                    findings);
        }
        return result(ReloadResult.Outcome.APPLIED, "Taken over", diff, findings);
    }

    private static ReloadResult cannotBeLaidOut(RuntimeException cause, List<String> findings) {
        LOG.error("the changed plant cannot be laid out", cause);
        return ReloadResult.refused(
                "The plant cannot be laid out: %s. Nothing was changed.".formatted(cause.getMessage()), findings);
    }

    /** Everything a reload needs, made before anything changes. */
    private record Prepared(PlantNodes.State after, Links.Change links, Types types, List<EventRecord> events) {}

    private Prepared prepare(PlantNodes.State before, PlantSwap swap, PlantDiff diff) {
        PlantNodes.State after = parts.nodes().prepare(swap.after());
        return new Prepared(
                after,
                parts.links().prepare(swap),
                new Types(before, after, diff.types()),
                ModelChanges.events(
                        parts.nodes(),
                        before,
                        after,
                        swap,
                        diff.types(),
                        parts.server().getStaticEncodingContext()));
    }

    private void carryOut(PlantSwap swap, Prepared prepared) {
        preparers.forEach(preparer -> preparer.accept(swap));
        swap.commit(UaTime.ofInstant(parts.clock().instant()));
        parts.items().swap(prepared.after());
        parts.server().euRangesChanged();
        parts.history().follow(swap);
        followers.forEach(follower -> follower.accept(swap));
        // Until the last link has given up the old plan, the swap keeps the instances whose rows it names.
        parts.links().carryOut(prepared.links()).thenRun(swap::retire);
        parts.types()
                .replaceTwinTypes(prepared.types().before(), prepared.types().after());
        parts.server().events().typesChanged();
        prepared.events().forEach(parts.server().events()::raise);
    }

    private static ReloadResult result(
            ReloadResult.Outcome outcome, String text, PlantDiff diff, List<String> findings) {
        String message = "%s: %d twins added, %d removed, %d changed; %d connections and %d types changed."
                .formatted(
                        text,
                        diff.added().size(),
                        diff.removed().size(),
                        diff.changed().size(),
                        diff.connections().size(),
                        diff.types().size());
        return new ReloadResult(
                outcome,
                message,
                findings,
                diff.added().size(),
                diff.removed().size(),
                diff.changed().size());
    }

    /** Declarations of the types a reload concerns. */
    private final class Types {
        private final List<TypeDeclaration> added = new ArrayList<>();
        private final List<TypeDeclaration> before = new ArrayList<>();
        private final List<TypeDeclaration> after = new ArrayList<>();

        Types(PlantNodes.State was, PlantNodes.State is, List<TypeChange> changes) {
            TypeDeclarations old = new TypeDeclarations(parts.nodes(), was);
            TypeDeclarations now = new TypeDeclarations(parts.nodes(), is);
            for (TypeChange change : changes) {
                TwinType type = change.after().orElse(null);
                if (change.before().isEmpty() && type != null) {
                    added.add(now.of(type));
                } else {
                    before.add(old.of(change.before().orElseThrow()));
                    change.after().map(now::of).ifPresent(after::add);
                }
            }
            // Types of the library get their nodes when a twin first uses them, and keep them.
            Plant plant = is.live().plant();
            List<TwinType> own = plant.ownTypes();
            for (TwinType type : plant.shownTypes()) {
                if (!own.contains(type)) {
                    TypeDeclaration declaration = now.of(type);
                    if (!parts.types().has(declaration.typeId())) {
                        added.add(declaration);
                    }
                }
            }
        }

        List<TypeDeclaration> added() {
            return added;
        }

        List<TypeDeclaration> before() {
            return before;
        }

        List<TypeDeclaration> after() {
            return after;
        }
    }

    /** Waits for a reload under way and begins no other. */
    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        if (running.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            running.unlock();
        }
    }

    private void report(ReloadResult result, long milliseconds) {
        if (result.isSuccess()) {
            LOG.info("reload: {} ({} ms)", result.message(), milliseconds);
            if (result.outcome() == ReloadResult.Outcome.APPLIED) {
                result.findings().forEach(finding -> LOG.warn("reload: {}", finding));
            }
        } else {
            LOG.warn("reload refused: {}", result.message());
            result.findings().forEach(finding -> LOG.warn("reload: {}", finding));
        }
        reports.forEach(report -> report.accept(result));
    }
}
