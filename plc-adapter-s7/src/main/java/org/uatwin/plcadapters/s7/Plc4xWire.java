package org.uatwin.plcadapters.s7;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.exceptions.PlcConnectionException;
import org.apache.plc4x.java.api.exceptions.PlcRuntimeException;
import org.apache.plc4x.java.api.messages.PlcReadRequest;
import org.apache.plc4x.java.api.messages.PlcReadResponse;
import org.apache.plc4x.java.api.types.PlcResponseCode;
import org.apache.plc4x.java.api.value.PlcValue;
import org.apache.plc4x.java.s7.readwrite.TPKTPacket;
import org.apache.plc4x.java.s7.readwrite.tag.S7Tag;
import org.apache.plc4x.java.s7light.readwrite.S7LightDriver;
import org.apache.plc4x.java.s7light.readwrite.configuration.S7Configuration;
import org.apache.plc4x.java.s7light.readwrite.configuration.S7TcpTransportConfiguration;
import org.apache.plc4x.java.s7light.readwrite.context.S7DriverContext;
import org.apache.plc4x.java.s7light.readwrite.optimizer.S7Optimizer;
import org.apache.plc4x.java.s7light.readwrite.protocol.S7ProtocolLogic;
import org.apache.plc4x.java.spi.Plc4xProtocolBase;
import org.apache.plc4x.java.spi.configuration.PlcConnectionConfiguration;
import org.apache.plc4x.java.spi.configuration.PlcTransportConfiguration;
import org.apache.plc4x.java.spi.connection.GeneratedDriverBase;
import org.apache.plc4x.java.spi.connection.ProtocolStackConfigurer;
import org.apache.plc4x.java.spi.connection.SingleProtocolStackConfigurer;
import org.apache.plc4x.java.spi.optimizer.BaseOptimizer;
import org.apache.plc4x.java.spi.values.PlcBOOL;
import org.apache.plc4x.java.spi.values.PlcRawByteArray;
import org.apache.plc4x.java.spi.values.PlcUSINT;
import org.jspecify.annotations.Nullable;

/**
 * The wire as PLC4X 0.13.1 speaks it, with what it lacks: waits with an end (its connect waits for ever for a CPU that accepts and
 * says nothing), and the end of its threads (timer and request pool of a connection that the CPU has closed live on by themselves).
 * The driver is used directly, without PLC4X's registry and connection cache.
 */
final class Plc4xWire implements S7Wire {
    private static final long SLICE_MS = 50;
    private static final int MAX_FRAME = 65_535;

    private final S7Settings settings;
    private final ThreadFactory threads;
    private @Nullable Session session; // owned by the link's thread
    private volatile boolean isAborted;

    /** @param threads makes a short-lived one for each connect and each close. */
    Plc4xWire(S7Settings settings, ThreadFactory threads) {
        this.settings = settings;
        this.threads = threads;
    }

    /**
     * One connection with everything PLC4X starts for it: its driver "s7-light", but for the search of CPUs by broadcast, which
     * would need a capture library.
     */
    private static final class Session extends GeneratedDriverBase<TPKTPacket> {
        private @Nullable Plc4xProtocolBase<TPKTPacket> protocol;
        private @Nullable PlcConnection connection;

        @Override
        public String getProtocolCode() {
            return "s7-light";
        }

        @Override
        public String getProtocolName() {
            return "S7 without redundancy";
        }

        @Override
        protected Class<? extends PlcConnectionConfiguration> getConfigurationClass() {
            return S7Configuration.class;
        }

        @Override
        protected Optional<Class<? extends PlcTransportConfiguration>> getTransportConfigurationClass(
                String transport) {
            return Optional.of(S7TcpTransportConfiguration.class);
        }

        @Override
        protected Optional<String> getDefaultTransportCode() {
            return Optional.of("tcp");
        }

        @Override
        protected List<String> getSupportedTransportCodes() {
            return List.of("tcp");
        }

        @Override
        protected boolean canRead() {
            return true;
        }

        @Override
        protected boolean canWrite() {
            return true;
        }

        @Override
        protected boolean awaitDisconnectComplete() {
            return false;
        }

        @Override
        protected BaseOptimizer getOptimizer() {
            return new S7Optimizer(); // splits what the CPU's PDU cannot hold; the plan is ours
        }

        @Override
        public S7Tag prepareTag(String address) {
            return S7Tag.of(address);
        }

        @Override
        protected ProtocolStackConfigurer<TPKTPacket> getStackConfigurer() {
            ProtocolStackConfigurer<TPKTPacket> stack = SingleProtocolStackConfigurer.builder(
                            TPKTPacket.class, TPKTPacket::staticParse)
                    .withProtocol(S7ProtocolLogic.class)
                    .withDriverContext(S7DriverContext.class)
                    .withPacketSizeEstimator(S7LightDriver.ByteLengthEstimator.class)
                    .withCorruptPacketRemover(S7LightDriver.CorruptPackageCleaner.class)
                    .build();
            return (configuration, pipeline, authentication, passive, listeners) -> {
                Plc4xProtocolBase<TPKTPacket> made =
                        stack.configurePipeline(configuration, pipeline, authentication, passive, listeners);
                synchronized (this) {
                    protocol = made;
                }
                pipeline.addFirst(new RefusedItems());
                pipeline.addFirst(new LengthFieldBasedFrameDecoder(MAX_FRAME, 2, 2, -4, 0)); // TPKT, RFC 1006, 6
                pipeline.addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelUnregistered(ChannelHandlerContext context) throws Exception {
                        var unused =
                                context.close(); // goes through PLC4X's handler, which stops its timer on nothing else
                        super.channelUnregistered(context);
                    }
                });
                return made;
            };
        }

        /** Blocks as long as the CPU says nothing. */
        void connect(String url) throws PlcConnectionException {
            PlcConnection made = getConnection(url);
            synchronized (this) {
                connection = made;
            }
            made.connect();
        }

        synchronized boolean isConnected() {
            return connection != null && connection.isConnected();
        }

        synchronized PlcConnection connection() {
            if (connection == null) {
                throw new IllegalStateException("not connected");
            }
            return connection;
        }

        /** Ends its threads; may take two seconds. */
        void end() {
            PlcConnection open;
            Plc4xProtocolBase<TPKTPacket> used;
            synchronized (this) {
                open = connection;
                used = protocol;
            }
            try {
                if (open != null) {
                    open.close();
                }
            } catch (Exception e) {
                throw new PlcRuntimeException("the connection cannot be closed", e);
            } finally {
                if (used != null) {
                    used.close(used.getConversationContext()); // its pool of threads
                }
            }
        }
    }

    private String url() {
        StringBuilder url = new StringBuilder("s7-light:tcp://%s:%d?".formatted(settings.host(), settings.port()));
        if (settings.remoteTsap() >= 0) {
            url.append("remote-tsap=%d&".formatted(settings.remoteTsap()));
        } else {
            String group =
                    switch (settings.connectionType()) {
                        case "OP" -> "OS";
                        case "basic" -> "OTHERS";
                        default -> "PG_OR_PC";
                    };
            url.append("remote-rack=%d&remote-slot=%d&remote-device-group=%s&"
                    .formatted(settings.rack(), settings.slot(), group));
        }
        if (settings.localTsap() >= 0) {
            url.append("local-tsap=%d&".formatted(settings.localTsap()));
        }
        // A named controller type skips a question that some CPUs do not answer; bytes look the same on all of them.
        return url.append("controller-type=S7_300&pdu-size=%d&read-timeout=%d"
                        .formatted(settings.pduSize(), settings.timeout().toMillis()))
                .toString();
    }

    @Override
    public void connect(long timeoutNs, Runnable onTick) throws WireException {
        knock(timeoutNs);
        Session opened = new Session();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        run("connect", () -> {
            try {
                opened.connect(url());
                if (!ready.complete(null)) {
                    end(opened); // too late: nobody waits any more
                }
            } catch (PlcConnectionException | RuntimeException e) {
                ready.completeExceptionally(e);
            }
        });
        try {
            await(ready, timeoutNs, onTick, "no answer to the request for a connection");
            session = opened;
        } catch (WireException e) {
            ready.completeExceptionally(e);
            end(opened);
            throw e;
        }
    }

    /** A CPU that is off is noticed by a plain socket; PLC4X would leave a stack trace and a timer behind each time. */
    private void knock(long timeoutNs) throws WireException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(settings.host(), settings.port()), (int) Math.max(1, timeoutNs / 1_000_000));
        } catch (IOException e) {
            throw new WireException(
                    "%s:%d cannot be reached: %s".formatted(settings.host(), settings.port(), e.getMessage()), false);
        }
    }

    @Override
    public boolean isConnected() {
        return session != null && session.isConnected();
    }

    private PlcConnection connection() throws WireException {
        if (session == null || !session.isConnected()) {
            throw new WireException("the CPU has closed the connection", false);
        }
        return session.connection();
    }

    @Override
    public List<Answer> read(List<S7Block> blocks, long timeoutNs, Runnable onTick) throws WireException {
        PlcReadRequest.Builder request = connection().readRequestBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            request.addTagAddress("b" + i, tag(blocks.get(i)));
        }
        PlcReadResponse response = await(request.build().execute(), timeoutNs, onTick, "no answer");
        List<Answer> answers = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            Result result = result(response.getResponseCode("b" + i));
            PlcValue value = result == Result.OK ? response.getPlcValue("b" + i) : null;
            byte[] data =
                    value == null ? new byte[0] : bytes(value, blocks.get(i).length());
            answers.add(
                    result == Result.OK && data.length != blocks.get(i).length()
                            ? new Answer(Result.FAILED, Bytes.NONE)
                            : new Answer(result, new Bytes(data)));
        }
        return answers;
    }

    private static byte[] bytes(PlcValue value, int length) {
        return length == 1 && !(value instanceof PlcRawByteArray)
                ? new byte[] {(byte) value.getInteger()}
                : value.getRaw();
    }

    @Override
    public Result write(Write write, long timeoutNs, Runnable onTick) throws WireException {
        S7Block block = write.block();
        String place = block.area() == S7Area.DB
                ? "%%DB%d.DB".formatted(block.db())
                : "%" + block.area().letter();
        var request = connection().writeRequestBuilder();
        if (write.bit() >= 0) {
            request.addTagAddress(
                    "w",
                    "%sX%d.%d:BOOL".formatted(place, block.offset(), write.bit()),
                    new PlcBOOL(write.data().array()[0] != 0));
        } else if (write.data().length() == 1) {
            request.addTagAddress("w", tag(block), new PlcUSINT(write.data().array()[0] & 0xFF));
        } else {
            request.addTagAddress(
                    "w", tag(block), new PlcRawByteArray(write.data().array()));
        }
        return result(await(request.build().execute(), timeoutNs, onTick, "no answer to a write")
                .getResponseCode("w"));
    }

    private static String tag(S7Block block) {
        String place = block.area() == S7Area.DB
                ? "%%DB%d.DBB".formatted(block.db())
                : "%" + block.area().letter() + "B";
        return "%s%d:BYTE%s".formatted(place, block.offset(), block.length() == 1 ? "" : "[" + block.length() + "]");
    }

    private static Result result(PlcResponseCode code) {
        return switch (code) {
            case OK -> Result.OK;
            case NOT_FOUND, INVALID_ADDRESS, INVALID_DATATYPE -> Result.NO_SUCH_ADDRESS;
            case ACCESS_DENIED -> Result.DENIED;
            default -> Result.FAILED;
        };
    }

    private <T> T await(CompletableFuture<? extends T> future, long timeoutNs, Runnable onTick, String silence)
            throws WireException {
        long end = System.nanoTime() + timeoutNs;
        while (!isAborted) {
            try {
                return future.get(SLICE_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - end >= 0) {
                    throw new WireException("%s within %d ms".formatted(silence, timeoutNs / 1_000_000), true);
                }
                onTick.run();
            } catch (ExecutionException e) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                boolean isSilence = root instanceof TimeoutException;
                throw new WireException(
                        isSilence
                                ? "%s within %d ms".formatted(silence, timeoutNs / 1_000_000)
                                : String.valueOf(root.getMessage()),
                        isSilence);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                isAborted = true;
            }
        }
        throw new WireException("the link is being closed", false);
    }

    @Override
    public void close() {
        Session open = session;
        session = null;
        if (open != null) {
            end(open);
        }
    }

    /** PLC4X takes up to two seconds to say good-bye; the link does not wait for it. */
    private void end(Session ended) {
        run("close", ended::end);
    }

    private void run(String what, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName("s7-%s-%s".formatted(what, settings.host()));
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void abort() {
        isAborted = true;
    }
}
