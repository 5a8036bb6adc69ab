package org.uatwin.server.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.structured.OpenSecureChannelRequest;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.security.SignatureProvider;

/**
 * Sees which OpenSecureChannel requests Milo grants and which it refuses, for the audit events; Milo has no listener for
 * it. Milo answers on the same call of the event loop: an OPN message is a grant, ERR or silence a refusal. What the
 * decoder and the certificate check learn on that call arrives by a thread-local.
 */
public final class ChannelWatch extends ChannelDuplexHandler {
    private static final int OPN = 0x4F504E;
    private static final int ERR = 0x455252;
    private static final int LONGEST_URI = 255; // Part 6, 6.7.2.3
    private static final FastThreadLocal<Attempt> CURRENT = new FastThreadLocal<>();

    private final ChannelAudit audit;

    ChannelWatch(ChannelAudit audit) {
        this.audit = audit;
    }

    /** What one call of the event loop collects. */
    private static final class Attempt {
        String policyUri = "";
        ByteString certificate = ByteString.NULL_VALUE;

        @Nullable
        OpenSecureChannelRequest request;

        ByteString certificateEventId = ByteString.NULL_VALUE;
        long channelId;
        long status = StatusCodes.Bad_SecurityChecksFailed;
    }

    static void decoded(OpenSecureChannelRequest request) {
        Attempt attempt = CURRENT.get();
        if (attempt != null) {
            attempt.request = request;
        }
    }

    /** The certificate of the client that is connecting on this thread was refused and reported by this event. */
    public static void certificateRefused(ByteString eventId) {
        Attempt attempt = CURRENT.get();
        if (attempt != null) {
            attempt.certificateEventId = eventId;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (!(message instanceof ByteBuf chunk) || chunk.getMedium(chunk.readerIndex()) != OPN) {
            super.channelRead(ctx, message);
            return;
        }
        boolean isLast = chunk.getByte(chunk.readerIndex() + 3) == 'F';
        Attempt attempt = header(chunk);
        SignatureProvider.installFor(attempt.policyUri);
        CURRENT.set(attempt);
        try {
            super.channelRead(ctx, message);
        } finally {
            CURRENT.remove();
        }
        if (isLast) {
            audit.channel(new ChannelOpening(
                    attempt.channelId,
                    attempt.policyUri,
                    attempt.certificate,
                    attempt.request,
                    attempt.status,
                    attempt.certificateEventId));
        }
    }

    /** The unencrypted fields of the asymmetric security header (Part 6, 6.7.2.3); unreadable ones stay empty. */
    private static Attempt header(ByteBuf chunk) {
        Attempt attempt = new Attempt();
        ByteBuf in = chunk.duplicate();
        in.skipBytes(8);
        attempt.channelId = in.readUnsignedIntLE();
        int uri = in.readIntLE();
        if (uri < 0 || uri > Math.min(LONGEST_URI, in.readableBytes())) {
            return attempt;
        }
        attempt.policyUri = in.readCharSequence(uri, StandardCharsets.UTF_8).toString();
        if (in.readableBytes() < Integer.BYTES) {
            return attempt;
        }
        int certificate = in.readIntLE();
        if (certificate > 0 && certificate <= in.readableBytes()) {
            byte[] der = new byte[certificate];
            in.readBytes(der);
            attempt.certificate = ByteString.of(der);
        }
        return attempt;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        Attempt attempt = CURRENT.get();
        if (attempt != null && message instanceof ByteBuf chunk && chunk.readableBytes() >= 12) {
            int type = chunk.getMedium(chunk.readerIndex());
            if (type == OPN) {
                attempt.status = 0;
                attempt.channelId = chunk.getUnsignedIntLE(chunk.readerIndex() + 8);
            } else if (type == ERR) {
                attempt.status = chunk.getUnsignedIntLE(chunk.readerIndex() + 8);
            }
        }
        super.write(ctx, message, promise);
    }
}
