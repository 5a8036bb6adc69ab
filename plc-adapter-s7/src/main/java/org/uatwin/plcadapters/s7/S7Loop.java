package org.uatwin.plcadapters.s7;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.plant.PollGroup;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.loop.LinkFigures;
import org.uatwin.plcadapters.loop.LoopHost;
import org.uatwin.plcadapters.loop.LoopWork;
import org.uatwin.plcadapters.loop.Outage;
import org.uatwin.plcadapters.loop.PointBoard;
import org.uatwin.plcadapters.loop.WaitingWrite;

/**
 * Polls one CPU, request by request, and writes between two of them. A request without an answer ends the connection: what comes late
 * must not be taken for something else.
 */
final class S7Loop implements LoopWork {
    private static final long MILLI = 1_000_000L;
    private static final long TICK_NS = 100 * MILLI;

    /** One poll group: its plan and where in it the loop is. */
    private static final class Group {
        final PollGroup group;
        final List<Integer> points;
        final long periodNs;
        List<List<S7Planner.Read>> plan = List.of();
        int next; // request of the round under way
        long dueNs;

        Group(PollGroup group, List<Integer> points) {
            this.group = group;
            this.points = points;
            periodNs = group.period().toNanos();
        }
    }

    private final String name;
    private final S7Settings settings;
    private final S7Wire wire;
    private final LoopHost host;
    private final LongSupplier ticker;
    private final LinkFigures figures = new LinkFigures();
    private final PointBoard board;
    private List<S7Address> addresses;
    private List<Group> groups;
    private final Set<Integer> alone = new HashSet<>(); // points whose block the CPU has refused in this connection
    private final S7Writer writer;
    private final Outage outage;
    private final long timeoutNs;
    private volatile boolean isAborted;

    S7Loop(LinkOpening opening, S7Settings settings, S7Wire wire, LoopHost host) {
        this.name = opening.connection().name();
        this.settings = settings;
        this.wire = wire;
        this.host = host;
        ticker = opening.environment().ticker();
        timeoutNs = settings.timeout().toNanos();
        board = new PointBoard(opening, point -> group(point).holdTime().toNanos());
        List<BoundPoint> points = List.copyOf(opening.points());
        addresses = addresses(points);
        groups = groups(points);
        writer = new S7Writer(board, addresses, wire, settings, figures, this::tick);
        outage = new Outage(opening, figures, settings.largestBackOff().toNanos());
    }

    private static List<S7Address> addresses(List<BoundPoint> points) {
        return points.stream()
                .map(point -> (S7Address) ((Binding.Field) point.binding()).address())
                .toList();
    }

    private static List<Group> groups(List<BoundPoint> points) {
        Map<PollGroup, List<Integer>> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            byGroup.computeIfAbsent(group(points.get(i)), g -> new ArrayList<>())
                    .add(i);
        }
        List<Group> groups = new ArrayList<>();
        byGroup.forEach((group, members) -> groups.add(new Group(group, members)));
        return groups;
    }

    @Override
    public Optional<Runnable> prepareUpdate(LinkOpening changed) {
        if (!(changed.connection() instanceof FieldConnection connection) || !settings.equals(connection.settings())) {
            return Optional.empty();
        }
        List<BoundPoint> points = List.copyOf(changed.points());
        PointBoard.Next next =
                PointBoard.next(changed, point -> group(point).holdTime().toNanos());
        List<S7Address> nextAddresses = addresses(points);
        List<Group> nextGroups = groups(points);
        return Optional.of(() -> {
            long now = ticker.getAsLong();
            board.follow(next);
            for (Group group : nextGroups) { // groups that stay keep their turn
                group.dueNs = groups.stream()
                        .filter(known -> known.group.equals(group.group))
                        .mapToLong(known -> known.dueNs)
                        .findFirst()
                        .orElse(now);
            }
            addresses = nextAddresses;
            groups = nextGroups;
            writer.follow(nextAddresses);
            alone.clear();
        });
    }

    private static PollGroup group(BoundPoint point) {
        return ((Binding.Field) point.binding())
                .pollGroup()
                .orElseThrow(() -> new IllegalArgumentException(point + " has no poll group"));
    }

    @Override
    public void begin() {
        outage.begin();
    }

    private void tick() {
        board.sweep();
        board.flush();
        host.tick();
    }

    @Override
    public long step() {
        board.sweep();
        long now = ticker.getAsLong();
        if (isAborted) {
            return now;
        }
        if (!wire.isConnected()) {
            if (figures.state() == LinkStatistics.State.CONNECTED) {
                lost("the CPU has closed the connection");
            }
            if (outage.isDue()) {
                connect();
            }
            board.flush();
            return Math.min(outage.nextNs(), ticker.getAsLong() + TICK_NS);
        }
        Optional<Group> due = groups.stream().min(Comparator.comparingLong(g -> g.dueNs));
        if (due.isEmpty() || now - due.get().dueNs < 0) {
            board.flush();
            return Math.min(due.map(g -> g.dueNs).orElse(Long.MAX_VALUE), now + TICK_NS);
        }
        poll(due.get(), now);
        board.flush();
        return ticker.getAsLong();
    }

    private void connect() {
        figures.state(LinkStatistics.State.CONNECTING);
        try {
            wire.connect(timeoutNs, this::tick);
        } catch (S7Wire.WireException e) {
            down(e.text());
            return;
        }
        long now = ticker.getAsLong();
        outage.connected();
        alone.clear(); // the program may be another one now
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            group.plan = List.of();
            group.next = 0;
            group.dueNs = now + group.periodNs * i / groups.size() / 4; // not all at the same moment
        }
    }

    /** One request of the group; the round is over with its last one. */
    private void poll(Group group, long now) {
        if (group.next == 0) {
            group.plan = plan(group);
        }
        List<S7Planner.Read> request = group.plan.get(group.next);
        figures.sent();
        try {
            List<S7Wire.Answer> answers =
                    wire.read(request.stream().map(S7Planner.Read::block).toList(), timeoutNs, this::tick);
            figures.received();
            outage.works();
            long ticks = board.ticks();
            for (int i = 0; i < request.size(); i++) {
                take(request.get(i), answers.get(i), ticks);
            }
        } catch (S7Wire.WireException e) {
            if (e.isSilence()) {
                figures.timeout();
            }
            lost(e.text());
            return;
        }
        group.next++;
        if (group.next >= group.plan.size()) {
            group.next = 0;
            // A round that took longer than its period does not make the next ones come in a heap.
            group.dueNs = Math.max(group.dueNs + group.periodNs, now);
        }
    }

    /** Points refused so far in a block of their own, the others merged. */
    private List<List<S7Planner.Read>> plan(Group group) {
        List<Integer> merged =
                group.points.stream().filter(i -> !alone.contains(i)).toList();
        List<Integer> single = group.points.stream().filter(alone::contains).toList();
        List<List<S7Planner.Read>> plan = new ArrayList<>();
        plan.addAll(S7Planner.plan(addresses, merged, settings.pduSize(), true));
        plan.addAll(S7Planner.plan(addresses, single, settings.pduSize(), false));
        return plan;
    }

    private void take(S7Planner.Read read, S7Wire.Answer answer, long ticks) {
        if (answer.result() == S7Wire.Result.OK) {
            for (int point : read.points()) {
                decode(point, answer.data().array(), read.block().offset(), ticks);
            }
            return;
        }
        figures.refusal();
        if (read.points().size() > 1) { // one of them spoils it for all: the next round asks for each alone
            alone.addAll(read.points());
            return;
        }
        board.situation(
                read.points().get(0),
                answer.result() == S7Wire.Result.FAILED ? Quality.DEVICE_FAILURE : Quality.REFUSED_ADDRESS,
                reason(answer.result(), read.block()));
    }

    static String reason(S7Wire.Result result, S7Block block) {
        return switch (result) {
            case OK -> "";
            case NO_SUCH_ADDRESS ->
                "the CPU has no %s. Fix: check block number and length; optimized block access must be off"
                        .formatted(block);
            case DENIED ->
                "the CPU denies access to %s. Fix: permit PUT/GET communication in its protection settings, and check its protection level"
                        .formatted(block);
            case FAILED -> "the CPU reports an error for %s".formatted(block);
        };
    }

    void decode(int point, byte[] data, int dataOffset, long ticks) {
        try {
            Object value = S7Codec.decode(addresses.get(point), data, dataOffset);
            board.value(point, value, StatusCode.GOOD, ticks, ticks);
        } catch (IllegalArgumentException e) {
            figures.garbled();
            board.situation(point, Quality.GARBLED, String.valueOf(e.getMessage()));
        }
    }

    /** An open connection is given up; the CPU may be there again at once. */
    private void lost(String text) {
        wire.close();
        outage.lostForAWhile(text, board.ticks());
        board.all(Quality.LINK_DOWN, text);
        board.flush();
    }

    private void down(String text) {
        wire.close();
        outage.failed(text, board.ticks());
        board.all(Quality.LINK_DOWN, text);
    }

    @Override
    public void perform(WaitingWrite write) {
        if (!wire.isConnected()) {
            write.answer(StatusCode.BAD_NO_COMMUNICATION, "%s: link is down: %s".formatted(name, figures.lastError()));
            return;
        }
        try {
            writer.perform(write, ticker, this::decode);
        } catch (S7Wire.WireException e) {
            if (e.isSilence()) {
                figures.timeout();
            }
            lost(e.text());
            write.answer(
                    e.isSilence() ? StatusCode.BAD_TIMEOUT : StatusCode.BAD_NO_COMMUNICATION,
                    "%s: %s; the CPU may have carried it out".formatted(name, e.text()));
        }
        board.flush();
    }

    @Override
    public Optional<WriteResult> refusal(WriteCommand command) {
        if (board.indexOf(command.row()) < 0) {
            return Optional.of(new WriteResult(
                    StatusCode.BAD_NOT_CONNECTED, "row %d is not bound to %s".formatted(command.row(), name)));
        }
        return figures.state() == LinkStatistics.State.BACKING_OFF
                ? Optional.of(new WriteResult(
                        StatusCode.BAD_NO_COMMUNICATION, "%s: link is down: %s".formatted(name, figures.lastError())))
                : Optional.empty();
    }

    @Override
    public void abort() {
        isAborted = true;
        outage.ending();
        wire.abort();
    }

    @Override
    public void end() {
        wire.close();
        board.all(Quality.LINK_DOWN, name + ": link is closed");
        board.flush();
    }

    @Override
    public LinkFigures figures() {
        return figures;
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        return board.diagnostics(row);
    }
}
