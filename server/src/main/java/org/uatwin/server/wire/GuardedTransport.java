package org.uatwin.server.wire;

import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;
import org.eclipse.milo.opcua.stack.transport.server.OpcServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.OpcServerTransportFactory;
import org.eclipse.milo.opcua.stack.transport.server.ServerApplicationContext;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServerHelloHandler;

/** Milo's opc.tcp transport with our gate before its handlers and our bounds in its decoder. */
public final class GuardedTransport implements OpcServerTransport {
    private final OpcTcpServerTransport tcp;
    private final WireLimits limits;
    private final DecoderLimits decoder;
    private final ChannelAudit audit;

    private GuardedTransport(Connections connections, DecoderLimits decoder, ChannelAudit audit) {
        this.limits = connections.limits();
        this.decoder = decoder;
        this.audit = audit;
        this.tcp = new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder()
                .setBootstrapCustomizer(HeapBuffers::install)
                .setChannelPipelineCustomizer(pipeline -> guard(pipeline, connections))
                .build());
    }

    /** For the constructor of {@code TwinServer}; all endpoints share the connections. */
    public static OpcServerTransportFactory factory(
            Connections connections, DecoderLimits decoder, ChannelAudit audit) {
        return profile -> new GuardedTransport(connections, decoder, audit);
    }

    private void guard(ChannelPipeline pipeline, Connections connections) {
        String hello = pipeline.context(UascServerHelloHandler.class).name();
        pipeline.addBefore(hello, "uatwin-frames", new FrameGate(connections));
        pipeline.addBefore(hello, "uatwin-channels", new ChannelWatch(audit));
    }

    @Override
    public void bind(ServerApplicationContext application, InetSocketAddress address) throws Exception {
        tcp.bind(new GuardedApplication(application, limits, decoder, audit), address);
    }

    @Override
    public void unbind() {
        tcp.unbind();
    }
}
