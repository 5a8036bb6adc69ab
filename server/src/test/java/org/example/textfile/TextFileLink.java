package org.example.textfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.example.textfile.TextFileProtocol.FileSettings;
import org.example.textfile.TextFileProtocol.LineAddress;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.plant.PollGroup;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.StatisticsRow;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** One file, one thread: it reads all lines once a period and writes when asked. */
final class TextFileLink implements Link {
    private static final int WAITING_WRITES = 64;

    private record Line(BoundPoint point, String name) {}

    private record PendingWrite(WriteCommand command, CompletableFuture<WriteResult> answer) {}

    private final LinkOpening opening;
    private final Path file;
    private final Map<Integer, Line> lines = new HashMap<>(); // by row
    private final BlockingQueue<PendingWrite> writes = new ArrayBlockingQueue<>(WAITING_WRITES); // full: refused
    private final Duration period;
    private final Duration hold;
    private long lastGoodNs; // owned by the link's thread, as all below
    private boolean hasRead;
    private long received;
    private volatile String lastError = "";
    private volatile long lastTicks = UaTime.NONE;
    private volatile boolean isClosed;
    private volatile @Nullable Thread thread;

    TextFileLink(LinkOpening opening) {
        this.opening = opening;
        FieldConnection connection = (FieldConnection) opening.connection();
        file = ((FileSettings) connection.settings()).path();
        PollGroup group = connection.pollGroups().get(0);
        period = group.period();
        hold = group.holdTime();
        for (BoundPoint point : opening.points()) {
            LineAddress address = (LineAddress) ((Binding.Field) point.binding()).address();
            lines.put(point.row(), new Line(point, address.name()));
        }
    }

    @Override
    public String name() {
        return opening.connection().name();
    }

    @Override
    public void start() {
        Thread started = opening.environment().threads().newThread(this::run);
        started.setName("text-file-" + name());
        thread = started;
        started.start();
    }

    private void run() {
        try {
            while (!isClosed) {
                poll();
                PendingWrite write = writes.poll(period.toNanos(), TimeUnit.NANOSECONDS);
                if (write != null) {
                    perform(write);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // close() ends the wait
        }
        situation(Quality.LINK_DOWN);
        for (PendingWrite write = writes.poll(); write != null; write = writes.poll()) {
            write.answer().complete(new WriteResult(StatusCode.BAD_SHUTDOWN, name() + ": link is closed"));
        }
    }

    private void poll() {
        try {
            Map<String, String> values = new HashMap<>();
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            }
            lastTicks = UaTime.ofInstant(opening.environment().clock().instant());
            lastGoodNs = opening.environment().ticker().getAsLong();
            hasRead = true;
            received++;
            lastError = "";
            SampleBatch batch = new SampleBatch(lines.size());
            lines.values().forEach(line -> add(batch, line, values.get(line.name())));
            submit(batch);
        } catch (IOException e) {
            lastError = "%s cannot be read: %s".formatted(file, e);
            situation(Quality.NO_ANSWER);
        }
        writeStatistics();
    }

    private void add(SampleBatch batch, Line line, @Nullable String text) {
        int row = line.point().row();
        try {
            if (text == null) {
                batch.addStatus(row, Quality.REFUSED_ADDRESS.status(true, false), lastTicks, lastTicks);
            } else {
                long bits = line.point().type().fromDouble(Double.parseDouble(text));
                batch.add(row, bits, StatusCode.GOOD, lastTicks, lastTicks);
            }
        } catch (IllegalArgumentException e) { // no number, or one the type cannot take
            batch.addStatus(row, Quality.GARBLED.status(true, false), lastTicks, lastTicks);
        }
    }

    private void situation(Quality quality) {
        boolean isWithinHoldTime = opening.environment().ticker().getAsLong() - lastGoodNs < hold.toNanos();
        long ticks = UaTime.ofInstant(opening.environment().clock().instant());
        SampleBatch batch = new SampleBatch(lines.size());
        lines.keySet().forEach(row -> batch.addStatus(row, quality.status(hasRead, isWithinHoldTime), ticks, ticks));
        submit(batch);
    }

    private void submit(SampleBatch batch) {
        if (!batch.isEmpty()) {
            opening.samples().submit(batch);
        }
    }

    private void writeStatistics() {
        opening.rows().link().ifPresent(rows -> {
            SampleBatch batch = new SampleBatch(8);
            long ticks = UaTime.ofInstant(opening.environment().clock().instant());
            StatisticsRow row = new StatisticsRow(batch, rows, ticks);
            row.state("State", statistics().state());
            row.text("Endpoint", file.toString());
            row.count("Received", received);
            row.number("PendingWrites", writes.size());
            row.text("LastError", lastError);
            opening.statistics().submit(batch);
        });
    }

    private void perform(PendingWrite write) {
        Line line = lines.get(write.command().row());
        if (line == null) {
            throw new AssertionError("write() lets only known rows through");
        }
        try {
            double value = line.point().type().toDouble(write.command().bits());
            List<String> changed = new ArrayList<>(Files.readAllLines(file));
            changed.removeIf(l -> l.split("=", 2)[0].strip().equals(line.name()));
            changed.add(line.name() + " = " + value);
            Files.write(file, changed);
            poll(); // the read-back is in the table before the answer
            write.answer().complete(WriteResult.CONFIRMED);
        } catch (IOException e) {
            write.answer().complete(new WriteResult(StatusCode.BAD_COMMUNICATION_ERROR, e.toString()));
        }
    }

    @Override
    public CompletionStage<WriteResult> write(WriteCommand command) {
        PendingWrite write = new PendingWrite(command, new CompletableFuture<>());
        long left = command.deadline() - opening.environment().ticker().getAsLong();
        write.answer()
                .completeOnTimeout(
                        new WriteResult(StatusCode.BAD_TIMEOUT, "not written in time"), left, TimeUnit.NANOSECONDS);
        if (!lines.containsKey(command.row())) {
            write.answer().complete(new WriteResult(StatusCode.BAD_NOT_CONNECTED, "no point of " + name()));
        } else if (isClosed) {
            write.answer().complete(new WriteResult(StatusCode.BAD_SHUTDOWN, name() + ": link is closed"));
        } else if (!writes.offer(write)) {
            write.answer().complete(new WriteResult(StatusCode.BAD_TOO_MANY_OPERATIONS, "too many writes wait"));
        }
        return write.answer()
                .thenApplyAsync(result -> result, opening.environment().answers());
    }

    @Override
    public LinkStatistics statistics() {
        LinkStatistics.State state = isClosed
                ? LinkStatistics.State.CLOSED
                : lastError.isEmpty() ? LinkStatistics.State.CONNECTED : LinkStatistics.State.BACKING_OFF;
        return LinkStatistics.of(state, file.toString(), lastError, lastTicks);
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        Line line = lines.get(row);
        if (line == null) {
            throw new IllegalArgumentException("row %d is no point of %s".formatted(row, name()));
        }
        return new PointDiagnostics(line.point().binding().label(), lastError, lastTicks);
    }

    @Override
    public void close() {
        isClosed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
