package org.uatwin.server.virtual;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.device.Broker;
import org.uatwin.plcadapters.mqtt.VirtualMqttDevices;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultOrder;

/**
 * The devices of a plant file on loopback, with one thread that lets their time run. Faults are set from any thread and
 * take effect between two steps.
 */
public final class VirtualDevices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualDevices.class);
    private static final int STEPS_BEHIND = 20; // more than this late, and simulated time falls back instead
    private static final int WAITING_COMMANDS = 64;
    private static final long FLUSH_NS = 1_000_000_000L;
    private static final long CLOSE_WAIT_MS = 2_000;

    private final List<VirtualField> fields = new ArrayList<>();
    private final List<String> notServed = new ArrayList<>();
    private final BlockingQueue<Runnable> commands = new ArrayBlockingQueue<>(WAITING_COMMANDS);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final VirtualPlantOptions options;
    private final VirtualSite site; // owned by the thread once it runs
    private final Optional<GroundTruth> truth;
    private final Thread thread;
    private volatile boolean isClosing;
    private volatile double now;
    private volatile String failure = "";

    private VirtualDevices(Plant plant, VirtualPlantOptions options) throws IOException {
        this.options = options;
        long start = UaTime.ofInstant(options.clock().instant());
        try {
            open(plant);
            truth = options.truth().isPresent()
                    ? Optional.of(GroundTruth.open(options.truth().get(), () -> UaTime.toInstant(start)))
                    : Optional.empty();
            long seed = options.faults().seed().orElse(options.seed());
            site = new VirtualSite(plant, fields, options.physics(), seed, options.faults(), start, truth);
        } catch (IOException | RuntimeException e) {
            fields.forEach(VirtualField::close);
            throw e;
        }
        thread = new Thread(this::run, "virtual-devices");
        thread.setDaemon(true);
    }

    /**
     * Opens the ports of every connection the virtual devices can serve and lets time run.
     *
     * @throws StartException if a port cannot be opened.
     * @throws FaultException if the schedule names what is not there.
     */
    public static VirtualDevices start(Plant plant, VirtualPlantOptions options) {
        try {
            VirtualDevices devices = new VirtualDevices(plant, options);
            devices.thread.start();
            return devices;
        } catch (IOException e) {
            throw new StartException("the virtual devices cannot start: " + e.getMessage(), e);
        }
    }

    private void open(Plant plant) throws IOException {
        for (Connection connection : plant.connections()) {
            Optional<Integer> port = Optional.ofNullable(options.ports().get(connection.name()));
            if (connection instanceof ModbusConnection modbus) {
                try {
                    fields.add(ModbusField.open(modbus, options.address(), port.orElse(0)));
                } catch (IOException e) {
                    throw new IOException(
                            "%s: port %d: %s".formatted(connection.name(), port.orElse(0), e.getMessage()), e);
                }
            } else if (connection instanceof FieldConnection mqtt && VirtualMqttDevices.areOf(connection)) {
                openMqtt(mqtt, port);
            } else {
                notServed.add(connection.name() + ": no virtual device speaks " + connection.protocol());
            }
        }
    }

    /** A plant without a broker is still worth its other connections. */
    private void openMqtt(FieldConnection mqtt, Optional<Integer> port) {
        try {
            fields.add(MqttField.open(
                    mqtt,
                    options.address(),
                    port,
                    Optional.ofNullable(options.brokers().get(mqtt.name())),
                    Broker.onClassPath()));
        } catch (IOException e) {
            notServed.add("%s: %s".formatted(mqtt.name(), e.getMessage()));
        }
    }

    private void run() {
        try {
            loop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            LOG.error("the virtual devices stopped: {}", e.getMessage(), e);
        } finally {
            fields.forEach(VirtualField::close);
            truth.ifPresent(GroundTruth::close);
            ended.countDown();
        }
    }

    private void loop() throws InterruptedException {
        long step = options.step().toNanos();
        double end = options.length().map(d -> d.toNanos() / 1e9).orElse(Double.POSITIVE_INFINITY);
        double wallStepNs = step / options.speed();
        double due = System.nanoTime() + wallStepNs;
        long flushAt = System.nanoTime() + FLUSH_NS;
        while (!isClosing && site.now() < end) {
            long wait = (long) due - System.nanoTime();
            Runnable command = wait > 0 ? commands.poll(wait, TimeUnit.NANOSECONDS) : commands.poll();
            if (command != null) {
                command.run();
                continue;
            }
            site.step(step);
            now = site.now();
            long wall = System.nanoTime();
            due = Math.max(due + wallStepNs, wall - STEPS_BEHIND * wallStepNs);
            if (wall > flushAt) {
                flushAt = wall + FLUSH_NS;
                truth.ifPresent(GroundTruth::flush);
            }
        }
    }

    private <T> T ask(Function<VirtualSite, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean isAccepted = commands.offer(() -> {
            try {
                answer.complete(question.apply(site));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        if (!isAccepted || ended.getCount() == 0) {
            throw new FaultException("the virtual devices are busy or have ended; try again");
        }
        try {
            return answer.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FaultException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultException("interrupted");
        } catch (TimeoutException e) {
            throw new FaultException("the virtual devices have ended");
        }
    }

    /**
     * Sets a fault; any thread.
     *
     * @param lasting simulated seconds; infinite: until it is cleared.
     * @return how many points it changes.
     * @throws FaultException if the target is not there.
     */
    public int set(FaultOrder order, double lasting) {
        return ask(s -> s.set(order, lasting));
    }

    /** Ends the faults of a target, or of {@code all}; any thread. */
    public int clear(String target) {
        return ask(s -> s.clear(target));
    }

    /** The faults at work, one line each; any thread. */
    public List<String> faults() {
        return ask(s -> s.active().stream()
                .map(f -> "%s  since %s s%s"
                        .formatted(
                                f.order(),
                                FaultOrder.number(Math.round(f.begin() * 1000) / 1000.0),
                                Double.isInfinite(f.end())
                                        ? ""
                                        : ", until " + FaultOrder.number(Math.round(f.end() * 1000) / 1000.0) + " s"))
                .toList());
    }

    /** Where the connections listen. */
    public List<Endpoint> endpoints() {
        return fields.stream().map(VirtualField::endpoint).toList();
    }

    /** What people should know about connections, one sentence each. */
    public List<String> notes() {
        return fields.stream()
                .map(VirtualField::note)
                .filter(note -> !note.isEmpty())
                .toList();
    }

    /** Connections that are not served, with the reason. */
    public List<String> notServed() {
        return List.copyOf(notServed);
    }

    /** Number of points served, and of twins moved by physics. */
    public String summary() {
        return "%d points, %d twins with physics".formatted(site.points().size(), site.moved());
    }

    /** Simulated seconds since the start. */
    public double now() {
        return now;
    }

    /** Why the devices stopped by themselves; empty if they did not. */
    public String failure() {
        return failure;
    }

    /** Waits for the end: {@link #close}, or the length of the run. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** Closes all ports and the ground truth. Idempotent. */
    @Override
    public void close() {
        isClosing = true;
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(CLOSE_WAIT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
