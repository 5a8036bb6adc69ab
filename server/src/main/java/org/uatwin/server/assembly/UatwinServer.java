package org.uatwin.server.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigBuilder;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.ServerSettings;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.recording.Recorder;
import org.uatwin.server.address.LiveValues;
import org.uatwin.server.address.NamespaceIndexes;
import org.uatwin.server.address.PlantFragment;
import org.uatwin.server.address.PlantIds;
import org.uatwin.server.address.PlantItems;
import org.uatwin.server.address.PlantNodes;
import org.uatwin.server.address.PlantPorts;
import org.uatwin.server.address.PlantWrites;
import org.uatwin.server.address.TypeDeclarations;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.method.ReloadCalls;
import org.uatwin.server.method.TwinCalls;
import org.uatwin.server.method.TwinModels;
import org.uatwin.server.push.TimerWheel;
import org.uatwin.server.run.RunCalls;
import org.uatwin.server.run.RunPorts;
import org.uatwin.server.security.ServerSecurity;
import org.uatwin.server.service.AsyncCaller;
import org.uatwin.server.service.ServerLimits;
import org.uatwin.server.service.ServicePorts;
import org.uatwin.server.service.TwinServer;
import org.uatwin.server.types.NamespaceMetadata;
import org.uatwin.server.types.NamespaceRegistry;
import org.uatwin.server.types.TypeSpace;
import org.uatwin.server.wire.WireLimits;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.scenario.RunLimits;

/** A running server: started by {@link #start}, stopped by {@link #close}. */
public final class UatwinServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UatwinServer.class);
    private static final String PRODUCT_URI = "urn:uatwin:server";
    private static final int CALL_THREADS = 2;
    private static final int QUEUED_CALLS = 64;
    private static final long STARTUP_SECONDS = 30;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>(); // last started first
    private final InstantSource clock = InstantSource.system();
    private InstantSource plantClock = clock; // of live values and history
    private PlantNodes nodes;
    private Reloader reloader;
    private Links links;
    private Control control;
    private FollowerWrites followers;
    private ComputedPoints computed;
    private Estimators estimators;
    private Vibration vibration;
    private Maintenance maintenance;
    private QueueTwin queues;
    private TwinServer server;
    private ServerSecurity security;
    private String endpointUrl = "";

    @SuppressWarnings("NullAway.Init") // every field is set by start(), the only caller
    private UatwinServer() {}

    /**
     * Starts a server for a plant; returns once clients can connect.
     *
     * @throws StartException if something the user can mend prevents it.
     */
    public static UatwinServer start(Plant plant, ServerOptions options) {
        UatwinServer started = new UatwinServer();
        try {
            started.open(plant, options);
            return started;
        } catch (UaException | RuntimeException e) {
            started.close();
            if (e instanceof StartException known) {
                throw known;
            }
            throw new StartException("the server cannot start: " + e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private void open(Plant plant, ServerOptions options) throws UaException {
        DataDirectory data = keep(DataDirectory.open(options.dataDirectory()));
        ServerSettings settings = plant.server();
        NamespaceRegistry namespaces = NamespaceRegistry.open(
                data.root(), plant.siteId(), settings.applicationUri().orElse(null));
        int port = settings.port() == 0 ? freePort() : settings.port();
        security = ServerSecurity.open(data.root(), namespaces.applicationUri(), settings, options.demoUsers(), clock);

        ExecutorService answers = pool("uatwin-answers", 2, Integer.MAX_VALUE);
        PointTable table = new PointTable(answers, e -> LOG.error("a listener of live values failed", e));
        plantClock = options.plantClock();
        LivePlant first = LivePlant.first(plant, new RowPool(table), UaTime.ofInstant(plantClock.instant()));
        links = keep(
                new Links(first, options.links(), plantClock, plant.siteId().hashCode(), answers, security.forLinks()));

        control = keep(new Control(first, links, plantClock));
        followers = new FollowerWrites(control.gate());
        computed = keep(new ComputedPoints(first, followers, plantClock));

        ServerLimits limits = ServerLimits.defaults()
                .withWire(WireLimits.defaults(ServerLimits.MESSAGE_SIZE).withConnections(settings.maxConnections()));
        server = new TwinServer(config(plant.siteId(), settings, namespaces, port, limits), limits);
        security.onRefused(server.securityAudit()::certificateRefused);
        keep(this::stopServer);
        server.announceLocales(settings.locales());
        buildAddressSpace(first, namespaces, limits, options, data.resolve("state.db"));
        server.events().typesChanged();

        boolean isStepped = options.links().afterEachStep(() -> {
            computed.step();
            estimators.step();
            vibration.step();
            maintenance.step();
        });
        if (isStepped) {
            computed.startStepped(); // a replay: what it remembers is of another time
            estimators.startStepped();
            vibration.startStepped();
            maintenance.startStepped();
        } else {
            remember(data.resolve("state.db"), first);
            computed.start();
            estimators.start();
            vibration.start();
            maintenance.start();
            control.start();
        }
        links.start();
        queues.start();
        listen(settings, port);
    }

    private void remember(Path file, LivePlant first) {
        PlantMemory memory = keep(new PlantMemory(file));
        links.restore(first, memory.restore("conditioning", first, () -> links.save(nodes.live())));
        computed.restore(memory.restore("computed", first, computed::save));
        estimators.restore(memory.restore("estimators", first, estimators::save));
        vibration.restore(memory.restore("vibration", first, vibration::save));
        maintenance.restore(memory.restore("maintenance", first, maintenance::save));
        control.restore(memory.restore("control", first, control::save));
        memory.start();
    }

    private OpcUaServerConfig config(
            String siteId, ServerSettings settings, NamespaceRegistry namespaces, int port, ServerLimits limits) {
        OpcUaServerConfigBuilder config = OpcUaServerConfig.builder()
                .setApplicationName(LocalizedText.english("uatwin " + siteId))
                .setApplicationUri(namespaces.applicationUri())
                .setProductUri(PRODUCT_URI)
                .setBuildInfo(
                        new BuildInfo(PRODUCT_URI, "uatwin", "uatwin", Version.text(), Version.build(), DateTime.now()))
                .setLimits(limits.toMilo())
                .setEncodingLimits(limits.encodingLimits());
        security.configure(config, settings, port);
        return config.build();
    }

    private void buildAddressSpace(
            LivePlant first, NamespaceRegistry namespaces, ServerLimits limits, ServerOptions options, Path dataFile) {
        Plant plant = first.plant();
        namespaces.register(server);
        TypeSpace types = new TypeSpace(server, namespaces, clock);
        types.startup();
        keep(types::shutdown);
        int site = namespaces.addSite(plant.siteId());
        PlantIds ids = new PlantIds(
                site,
                level -> types.id(level.baseType()).orElseThrow(),
                org.uatwin.informationmodel.type.TypeIds.builtIn()::id);
        nodes = new PlantNodes(first, new NamespaceIndexes(site), ids);
        TypeDeclarations declarations = new TypeDeclarations(nodes, nodes.state());
        types.addTwinTypes(plant.shownTypes().stream().map(declarations::of).toList());
        types.addNamespaceMetadata(
                NamespaceMetadata.ofSite(NamespaceRegistry.siteUri(plant.siteId()), "1.0.0", clock.instant()));

        SessionAccess access = new SessionAccess(server);
        PointTable table = first.table();
        TwinModels twinModels = new TwinModels(
                ModelRegistry.builtIn(), table, instance -> nodes.live().children(instance));
        estimators = keep(new Estimators(first, twinModels, plant.server().synchronisation(), plantClock));
        vibration = keep(new Vibration(first, plantClock));
        LiveValues values = new LiveValues(
                table,
                new Facts(links, computed, control.gate()),
                instance -> nodes.live().nodeVersion(instance),
                plantClock);
        followers.auditedBy(server.audit(), nodes, values, site);
        TimerWheel wheel = keep(new TimerWheel(System::nanoTime, e -> LOG.error("a timer failed", e)));
        wheel.start(task -> daemon("uatwin-timer", task));
        PlantItems items = new PlantItems(nodes, values, wheel, System::nanoTime);
        RunParts runs = keep(RunParts.open(
                new RunParts.Site(server, site, nodes, access, values),
                dataFile,
                RunLimits.defaults()
                        .keeping(
                                plant.server().runs().kept(),
                                plant.server().runs().keptFor(),
                                plant.server().runs().bytes()),
                clock));
        server.getAddressSpaceManager().register(runs.fragment());
        server.getAddressSpaceManager().register(new PlantFragment(nodes, values, access, items));

        queues = keep(new QueueTwin(first, plantClock));
        QueueSources.ofLanes(queues, table);
        QueueSources.ofClients(queues, server, items);
        QueueSources.ofComputed(queues, computed);
        QueueSources.ofVibration(queues, vibration);

        PlantPorts ports = new PlantPorts(nodes);
        Path historyFiles = options.isOfThePresent() ? options.dataDirectory().resolve("history") : null;
        History history = keep(new History(plant, historyFiles, first, server, ports, access, limits, plantClock));
        QueueSources.ofHistory(queues, history);
        maintenance = keep(new Maintenance(
                first,
                estimators,
                vibration,
                twinModels,
                dataFile,
                new MaintenanceEvents(server, site, estimators::of),
                plantClock));
        values.startsOfLife(maintenance::startOfLife);
        ThreadPoolExecutor callPool = pool("uatwin-call", CALL_THREADS, QUEUED_CALLS);
        TwinCalls calls = new TwinCalls(
                twinModels,
                estimators::estimate,
                runs.manager(),
                maintenance.calls(history, runs.manager()),
                callPool,
                plantClock);
        QueueSources.ofCalls(queues, calls, callPool, QUEUED_CALLS);
        control.serve(server, nodes, site, twinModels, calls, runs.manager(), callPool);
        values.control(control::status);
        reloader = keep(new Reloader(
                new Reloader.Parts(server, types, nodes, items, links, history, clock),
                options.source().orElse(Reloader.NO_SOURCE)));
        values.follow(estimators::of);
        reloader.addPreparer(control::prepare);
        reloader.addFollower(control::follow);
        reloader.addFollower(computed::follow);
        reloader.addFollower(estimators::follow);
        reloader.addFollower(vibration::follow);
        reloader.addFollower(maintenance::follow);
        PlantFileTwin fileTwin = new PlantFileTwin(first, clock);
        fileTwin.started(options.plantFile(), plant);
        reloader.addReport(result -> fileTwin.reloaded(result, nodes.live().plant()));
        RunPorts runPorts = new RunPorts(ports, runs.nodes());
        AsyncCaller twins = new Calls(
                nodes,
                calls,
                new ReloadCalls(reloader::reload, pool("uatwin-reload", 1, 1)),
                control,
                access,
                server.getStaticEncodingContext());
        server.use(ServicePorts.none()
                .withPermissions(runPorts)
                .withNames(ports)
                .withEuRanges(runPorts)
                .withPushed(runPorts)
                .withNotifiers(runPorts)
                .withWriter(new Writes(new PlantWrites(nodes, access, control.gate())))
                .withCaller(new RunCalls(runs.nodes(), twins))
                .withHistory(history));
    }

    private void listen(ServerSettings settings, int port) throws UaException {
        try {
            server.startup().get(STARTUP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException(
                    "port %d cannot be opened: %s.\n  Fix: stop what uses it (another uatwin?) or choose another with --port."
                            .formatted(port, e.getMessage()),
                    e);
        }
        endpointUrl = "opc.tcp://%s:%d%s".formatted(settings.host(), port, settings.path());
    }

    private void stopServer() throws InterruptedException {
        try {
            server.shutdown().get(4, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the server did not stop cleanly: {}", e.toString());
        }
    }

    private ThreadPoolExecutor pool(String name, int threads, int queued) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> daemon(name + "-" + number.incrementAndGet(), task);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                60,
                TimeUnit.SECONDS,
                queued == Integer.MAX_VALUE ? new LinkedBlockingQueue<>() : new ArrayBlockingQueue<>(queued),
                factory);
        keep(pool::shutdownNow);
        return pool;
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartException("no free port: " + e.getMessage(), e);
        }
    }

    /** URL clients connect to. */
    public String endpointUrl() {
        return endpointUrl;
    }

    /** Whether anybody can log on with a password. */
    public boolean hasPasswordUsers() {
        return security.hasPasswordUsers();
    }

    /** The plant as it is now. */
    public LivePlant live() {
        return nodes.live();
    }

    /** Closes {@code part} when the server is closed, before everything else. */
    public void closesWith(AutoCloseable part) {
        keep(part);
    }

    /** Shows in the server's twin what a recorder of its links does; whoever made the recorder closes it. */
    public void shows(Recorder recorder) {
        QueueSources.ofRecorder(queues, recorder);
    }

    /** Takes changes of the plant over. */
    public Reloader reloader() {
        return reloader;
    }

    public TwinServer server() {
        return server;
    }

    /** Stops everything in reverse order; idempotent, also after a failed start. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", part, e);
            }
        }
    }
}
