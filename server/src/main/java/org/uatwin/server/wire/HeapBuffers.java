package org.uatwin.server.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.ChannelOption;

/**
 * Receive buffers on the Java heap. Milo 1.1.2 forgets the chunks of an unfinished message when its connection ends
 * (CVE-2026-63252); direct memory would be lost for good, heap memory is collected with the connection. Give
 * {@link #install} to {@code OpcTcpServerTransportConfigBuilder.setBootstrapCustomizer}.
 */
final class HeapBuffers extends AbstractByteBufAllocator {
    private static final HeapBuffers ALLOCATOR = new HeapBuffers();

    private HeapBuffers() {
        super(false);
    }

    /** Makes every connection accepted from now on allocate on the heap. */
    static void install(ServerBootstrap bootstrap) {
        bootstrap.childOption(ChannelOption.ALLOCATOR, ALLOCATOR);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return newHeapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
