package org.uatwin.plcadapters.opcua;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.value.Quality;
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
 * The state machine of one upstream server. A lost connection is Milo's to get back for a while, which keeps the subscription and
 * what the server queued meanwhile; when that fails, or the server does not know the subscription any more, the session is given up
 * and a new one is opened, with endpoints, certificates and node ids looked up anew.
 */
final class UpstreamLoop implements LoopWork {
    /** Publish responses waiting for the link's thread; when it is full, values are read again afterwards. */
    private static final int INBOX_CAPACITY = 1_000;

    private static final long MILLI = 1_000_000L;
    private static final long TICK_NS = 100 * MILLI;
    private static final long RETRY_BROKEN_NS = 30_000 * MILLI;

    private final String name;
    private final LinkOpening opening;
    private final UpstreamSettings settings;
    private final LoopHost host;
    private final LongSupplier ticker;
    private final LinkFigures figures = new LinkFigures();
    private final PointBoard board;
    private final UpstreamWriter writer;
    private final Outage outage;
    private final Waiter waiter;
    private final BlockingQueue<UpstreamEvent> inbox = new ArrayBlockingQueue<>(INBOX_CAPACITY);
    private volatile boolean hasOverflown;
    private volatile @Nullable UpstreamSession session; // written by the link's thread
    private long lastHeardNs; // owned by the link's thread, as all below
    private long inactiveSinceNs;
    private long nextRetryNs;
    private boolean isInactive;
    private List<MonitoredPoint> monitored = List.of();
    private List<MonitoredPoint> broken = List.of(); // the server refused to monitor them

    UpstreamLoop(LinkOpening opening, UpstreamSettings settings, LoopHost host) {
        this.name = opening.connection().name();
        this.opening = opening;
        this.settings = settings;
        this.host = host;
        ticker = opening.environment().ticker();
        board = new PointBoard(opening, point -> settings.holdTime().toNanos());
        writer = new UpstreamWriter(board, settings.timeout().toNanos(), ticker);
        outage = new Outage(opening, figures, settings.largestBackOff().toNanos());
        waiter = new Waiter(settings.timeout().toNanos(), this::tick);
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
        UpstreamSession open = session;
        if (waiter.isAborted()) {
            return now;
        }
        if (open == null) {
            if (outage.isDue()) {
                connect();
            }
        } else {
            takeInbox(open);
            watch(ticker.getAsLong());
        }
        board.flush();
        now = ticker.getAsLong();
        return session == null ? Math.min(outage.nextNs(), now + TICK_NS) : now + TICK_NS;
    }

    private void connect() {
        figures.state(LinkStatistics.State.CONNECTING);
        inbox.clear();
        UpstreamSession opened =
                new UpstreamSession(settings, opening.environment().security(), waiter, this::hear);
        try {
            opened.connect();
            List<MonitoredPoint> found = resolve(opened.namespaces(), row -> true);
            monitor(found, opened.subscribe(found), true);
            session = opened;
            connected();
        } catch (UpstreamException e) {
            opened.close();
            down(e.text());
        }
    }

    private UpstreamAddress address(int index) {
        return (UpstreamAddress) ((Binding.Field) board.point(index).binding()).address();
    }

    private boolean isBoundTo(int index, MonitoredPoint point) {
        return address(index).equals(point.address());
    }

    @Override
    public Optional<Runnable> prepareUpdate(LinkOpening changed) {
        if (!(changed.connection() instanceof FieldConnection connection) || !settings.equals(connection.settings())) {
            return Optional.empty();
        }
        PointBoard.Next next =
                PointBoard.next(changed, point -> settings.holdTime().toNanos());
        return Optional.of(() -> follow(next));
    }

    /** The server goes on sending what stays; what is gone is ended there, what is new is asked for. */
    private void follow(PointBoard.Next next) {
        board.follow(next);
        UpstreamSession open = session;
        if (open == null) {
            return; // a new session asks for everything
        }
        if (isInactive) {
            renew("the plant file has changed while the connection was lost");
            return;
        }
        Map<Integer, MonitoredPoint> kept = new LinkedHashMap<>();
        Set<MonitoredPoint> gone = new HashSet<>();
        for (MonitoredPoint point : monitored) {
            int index = board.indexOf(point.row());
            if (index >= 0 && isBoundTo(index, point)) {
                kept.put(point.row(), point);
            } else {
                gone.add(point);
            }
        }
        try {
            open.unsubscribe(gone);
            monitored = List.copyOf(kept.values());
            List<MonitoredPoint> fresh = resolve(open.namespaces(), row -> !kept.containsKey(row));
            monitor(fresh, open.subscribeAgain(fresh), false);
        } catch (UpstreamException e) {
            renew(e.text());
        }
        board.flush();
    }

    private void connected() {
        long now = ticker.getAsLong();
        outage.connected();
        isInactive = false;
        lastHeardNs = now;
        nextRetryNs = now + RETRY_BROKEN_NS;
    }

    /** The points with their nodes in this session; of the others it is said why they have none. */
    private List<MonitoredPoint> resolve(List<String> namespaces, IntPredicate isWanted) {
        List<MonitoredPoint> found = new ArrayList<>(board.size());
        for (int i = 0; i < board.size(); i++) {
            if (!isWanted.test(board.point(i).row())) {
                continue;
            }
            UpstreamAddress address = address(i);
            Optional<NodeId> node = address.node().resolve(namespaces);
            if (node.isPresent()) {
                found.add(new MonitoredPoint(board.point(i).row(), address, node.get()));
            } else {
                board.situation(
                        i,
                        Quality.REFUSED_ADDRESS,
                        address.node().hasUri()
                                ? "the server has no namespace \"%s\". It has: %s"
                                        .formatted(address.node().namespaceUri(), String.join(", ", namespaces))
                                : "the server has no namespace %d, only 0..%d"
                                        .formatted(address.node().namespaceIndex(), namespaces.size() - 1));
            }
        }
        return found;
    }

    private void monitor(List<MonitoredPoint> points, List<StatusCode> results, boolean isNew) {
        List<MonitoredPoint> good = new ArrayList<>(isNew ? List.of() : monitored);
        List<MonitoredPoint> bad = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            MonitoredPoint point = points.get(i);
            if (results.get(i).isBad()) {
                bad.add(point);
                figures.refusal();
                board.situation(
                        board.indexOf(point.row()),
                        Quality.REFUSED_ADDRESS,
                        "the server refuses %s: %s".formatted(point.address().label(), Waiter.name(results.get(i))));
            } else {
                good.add(point);
            }
        }
        monitored = good;
        broken = bad;
        writer.points(good);
    }

    /** On Milo's threads. */
    private void hear(UpstreamEvent event) {
        if (!inbox.offer(event)) {
            hasOverflown = true;
        }
        host.wake();
    }

    private void takeInbox(UpstreamSession open) {
        for (UpstreamEvent event = inbox.poll(); event != null && session == open; event = inbox.poll()) {
            if (event.session() == open) {
                take(open, event);
            }
        }
        if (hasOverflown && session == open && !isInactive) {
            hasOverflown = false;
            figures.garbled();
            figures.error("values came faster than they could be taken; the newest were read again", board.ticks());
            refresh(open);
        }
    }

    private void take(UpstreamSession open, UpstreamEvent event) {
        switch (event.kind()) {
            case DATA -> {
                heard();
                long receiveTime = board.ticks();
                for (int i = 0; i < event.points().size(); i++) {
                    deliver(event.points().get(i), event.values().get(i), receiveTime);
                }
                board.confirm();
            }
            case ALIVE -> {
                heard();
                board.confirm();
            }
            case INACTIVE -> inactive(event.text());
            case ACTIVE -> active(open);
            case LOST -> renew(event.text());
        }
    }

    private void heard() {
        figures.received();
        lastHeardNs = ticker.getAsLong();
        outage.works();
    }

    private void deliver(MonitoredPoint point, DataValue value, long receiveTime) {
        int index = board.indexOf(point.row());
        if (index < 0 || !isBoundTo(index, point)) {
            return; // on its way when a reload changed the point
        }
        var status = UpstreamValue.status(value.getStatusCode());
        long sourceTime = time(value, receiveTime);
        Object content = value.getValue().getValue();
        if (content == null || status.isBad()) {
            // A good status without a value: there is nothing a client could use.
            var code = status.isBad() ? status : org.uatwin.informationmodel.value.StatusCode.BAD_NO_VALUE;
            board.refusal(
                    index, code, "the server says " + Waiter.name(value.getStatusCode()), sourceTime, receiveTime);
            return;
        }
        writer.received(point, value.getValue());
        Optional<Object> ours = UpstreamValue.ofMilo(content).map(point.address()::unwrapped);
        if (ours.isPresent()) {
            board.value(index, ours.get(), status, sourceTime, receiveTime);
        } else {
            figures.garbled();
            board.situation(
                    index,
                    Quality.REFUSED_ADDRESS,
                    "the server's value is a %s, which a point cannot have"
                            .formatted(content.getClass().getSimpleName()));
        }
    }

    private static long time(DataValue value, long receiveTime) {
        DateTime time = value.getSourceTime() != null ? value.getSourceTime() : value.getServerTime();
        return time == null || time.getUtcTime() <= 0 ? receiveTime : time.getUtcTime();
    }

    private void inactive(String text) {
        if (!isInactive) {
            isInactive = true;
            inactiveSinceNs = ticker.getAsLong();
            figures.state(LinkStatistics.State.CONNECTING);
            outage.say(text, board.ticks());
            board.all(Quality.LINK_DOWN, text);
        }
    }

    /** The session is back with its subscription; what changed meanwhile may have been sent into the void. */
    private void active(UpstreamSession open) {
        if (!isInactive) {
            return;
        }
        try {
            if (!open.readNamespaces().equals(open.namespaces())) {
                renew("the server numbers its namespaces anew");
                return;
            }
        } catch (UpstreamException e) {
            renew(e.text());
            return;
        }
        connected();
        refresh(open);
    }

    private void refresh(UpstreamSession open) {
        try {
            List<DataValue> values =
                    open.read(monitored.stream().map(MonitoredPoint::valueId).toList());
            long receiveTime = board.ticks();
            for (int i = 0; i < values.size(); i++) {
                deliver(monitored.get(i), values.get(i), receiveTime);
            }
        } catch (UpstreamException e) {
            renew(e.text());
        }
    }

    private void watch(long now) {
        UpstreamSession open = session;
        if (open == null) {
            return;
        }
        if (isInactive) {
            if (now - inactiveSinceNs > settings.timeout().toNanos()) {
                renew("the connection was lost");
            }
            return;
        }
        long silence = 2 * open.agreedKeepAlive().toNanos();
        if (now - lastHeardNs > silence) {
            figures.timeout();
            renew("no word of the server for %d s".formatted(silence / (1_000 * MILLI)));
        } else if (now - nextRetryNs >= 0) {
            nextRetryNs = now + RETRY_BROKEN_NS;
            retryBroken(open);
        }
    }

    private void retryBroken(UpstreamSession open) {
        if (broken.isEmpty()) {
            return;
        }
        try {
            List<MonitoredPoint> again = broken;
            monitor(again, open.subscribeAgain(again), false);
        } catch (UpstreamException e) {
            renew(e.text());
        }
    }

    /** Gives the session up and opens another one at once. */
    private void renew(String text) {
        UpstreamSession open = session;
        session = null;
        monitored = List.of();
        writer.points(List.of());
        board.all(Quality.LINK_DOWN, text);
        board.flush();
        outage.lost(text, board.ticks());
        if (open != null) {
            open.close();
        }
    }

    private void down(String text) {
        outage.failed(text, board.ticks());
        board.all(Quality.LINK_DOWN, text);
    }

    @Override
    public void perform(WaitingWrite write) {
        UpstreamSession open = session;
        if (open == null || isInactive) {
            write.answer(
                    org.uatwin.informationmodel.value.StatusCode.BAD_NO_COMMUNICATION,
                    "%s: link is down: %s".formatted(name, figures.lastError()));
            return;
        }
        figures.sent();
        writer.perform(open, write, this::deliver);
    }

    @Override
    public Optional<WriteResult> refusal(WriteCommand command) {
        if (board.indexOf(command.row()) < 0) {
            return Optional.of(new WriteResult(
                    org.uatwin.informationmodel.value.StatusCode.BAD_NOT_CONNECTED,
                    "row %d is not bound to %s".formatted(command.row(), name)));
        }
        return figures.state() == LinkStatistics.State.BACKING_OFF
                ? Optional.of(new WriteResult(
                        org.uatwin.informationmodel.value.StatusCode.BAD_NO_COMMUNICATION,
                        "%s: link is down: %s".formatted(name, figures.lastError())))
                : Optional.empty();
    }

    @Override
    public void abort() {
        waiter.abort();
        outage.ending();
        UpstreamSession open = session;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void end() {
        UpstreamSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
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
