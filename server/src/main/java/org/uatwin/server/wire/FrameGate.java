package org.uatwin.server.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.messages.ErrorMessage;
import org.eclipse.milo.opcua.stack.core.channel.messages.TcpMessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a connection into chunks and passes on whole messages only (OPC UA Part 6, 6.7.2 and 7.1.2), so that
 * Milo never holds a part of one: what an ended connection leaves behind is released here (CVE-2026-63252). Refuses what
 * no client sends: unknown message types, sizes outside their limits, a message before Hello. Closes a connection that
 * stalls. Runs on the channel's event loop; one per channel.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing and the next check have nobody to answer to
final class FrameGate extends ByteToMessageDecoder {
    private static final int HEADER = 8;
    private static final int LARGEST_CHUNK = 65_535;
    private static final int LARGEST_HELLO =
            HEADER + 20 + 4 + 4_096; // Part 6, 7.1.2.3: the URL has at most 4 096 bytes
    private static final int SMALLEST_HELLO = HEADER + 20 + 4;
    private static final int SMALLEST_OPEN = HEADER + 4 + 3 * 4 + 8; // channel id, three lengths, sequence header
    private static final int SMALLEST_MESSAGE = HEADER + 4 + 4 + 8; // channel id, token id, sequence header
    private static final int SMALLEST_CHUNK_LIMIT = 8_192; // Part 6, 6.7.1
    private static final long CHECK_MILLIS = 1_000;

    private enum Phase {
        HELLO,
        OPEN,
        RUNNING
    }

    private final Connections connections;
    private final WireLimits limits;
    private final List<ByteBuf> chunks = new ArrayList<>(); // of the unfinished message
    private long chunkBytes;
    private Phase phase = Phase.HELLO;
    private boolean isClosing;
    private long partialSinceMillis = -1; // -1: no byte of an unfinished message is here
    private long sessionSeenMillis;
    private long stalledSinceMillis;
    private long pendingWrite;
    private long millis; // counted by the checks, so that no clock is needed

    FrameGate(Connections connections) {
        this.connections = connections;
        this.limits = connections.limits();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        if (!connections.admit(ctx.channel())) {
            isClosing = true;
            ctx.close();
            return;
        }
        scheduleCheck(ctx);
        super.channelActive(ctx);
    }

    private void scheduleCheck(ChannelHandlerContext ctx) {
        ctx.executor().schedule(() -> check(ctx), CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check(ChannelHandlerContext ctx) {
        if (!ctx.channel().isOpen() || isClosing) {
            return;
        }
        millis += CHECK_MILLIS;
        if (phase != Phase.RUNNING && millis > limits.handshake().toMillis()) {
            close(ctx, StatusCodes.Bad_Timeout, "no secure channel within " + seconds(limits.handshake()));
            return;
        }
        if (partialSinceMillis >= 0
                && millis - partialSinceMillis > limits.message().toMillis()) {
            close(ctx, StatusCodes.Bad_Timeout, "message not complete within " + seconds(limits.message()));
            return;
        }
        if (phase == Phase.RUNNING && Connection.of(ctx.channel()).hasSession()) {
            sessionSeenMillis = millis;
        } else if (millis - sessionSeenMillis > limits.withoutSession().toMillis()) {
            close(ctx, StatusCodes.Bad_Timeout, "no session within " + seconds(limits.withoutSession()));
            return;
        }
        if (isAnswerUnread(ctx)) {
            connections.refused(ctx.channel(), "answers not read for " + seconds(limits.unread()));
            isClosing = true;
            ctx.close();
            return;
        }
        scheduleCheck(ctx);
    }

    /** Whether bytes wait to be sent and not one of them has left for the allowed time. */
    private boolean isAnswerUnread(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer outbound = ctx.channel().unsafe().outboundBuffer();
        long pending = outbound == null ? 0 : outbound.totalPendingWriteBytes();
        if (pending == 0 || pending < pendingWrite) {
            stalledSinceMillis = millis;
        }
        pendingWrite = pending;
        return millis - stalledSinceMillis > limits.unread().toMillis();
    }

    /** A client that does not read its answers may not ask for more. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        super.channelWritabilityChanged(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (isClosing) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < HEADER) {
            markPartial();
            return;
        }
        int start = in.readerIndex();
        Kind kind = Kind.of(in.getMedium(start));
        char chunkType = (char) in.getUnsignedByte(start + 3);
        long size = in.getUnsignedIntLE(start + 4);
        UaException refusal = refusal(ctx, kind, chunkType, size);
        if (refusal != null) {
            in.skipBytes(in.readableBytes());
            close(ctx, refusal.getStatusCode().getValue(), String.valueOf(refusal.getMessage()));
            return;
        }
        if (in.readableBytes() < size) {
            markPartial();
            return;
        }
        // An own copy: a slice would keep the whole receive buffer alive while the message is incomplete.
        accept(ctx, kind, chunkType, in.readBytes((int) size), out);
    }

    private void markPartial() {
        if (partialSinceMillis < 0) {
            partialSinceMillis = millis;
        }
    }

    private @Nullable UaException refusal(ChannelHandlerContext ctx, Kind kind, char chunkType, long size) {
        boolean isExpected =
                switch (phase) {
                    case HELLO -> kind == Kind.HELLO;
                    case OPEN -> kind == Kind.OPEN || kind == Kind.CLOSE;
                    case RUNNING -> kind == Kind.OPEN || kind == Kind.CLOSE || kind == Kind.MESSAGE;
                };
        boolean isFinalOnly = kind == Kind.HELLO || kind == Kind.CLOSE;
        if (!isExpected || (chunkType != 'F' && (isFinalOnly || (chunkType != 'C' && chunkType != 'A')))) {
            return new UaException(StatusCodes.Bad_TcpMessageTypeInvalid, "unexpected message or chunk type");
        }
        if (size < kind.smallest) {
            return new UaException(
                    StatusCodes.Bad_TcpInternalError, "message of %d bytes is too short".formatted(size));
        }
        int largest = kind == Kind.HELLO ? LARGEST_HELLO : LARGEST_CHUNK;
        if (size > largest) {
            return new UaException(
                    StatusCodes.Bad_TcpMessageTooLarge, "chunk of %d bytes, at most %d".formatted(size, largest));
        }
        int message =
                Connection.of(ctx.channel()).hasSession() ? limits.messageSize() : limits.messageSizeBeforeLogon();
        long overhead = (chunks.size() + 1) * 1_024L; // headers, padding and signature of each chunk
        boolean isTooLong = chunkBytes + size > message + overhead;
        boolean isTooManyChunks = chunks.size() >= message / SMALLEST_CHUNK_LIMIT + 16;
        if (chunkType != 'A' && (isTooLong || isTooManyChunks)) {
            return new UaException(
                    StatusCodes.Bad_TcpMessageTooLarge,
                    "message of more than %d bytes or with too many chunks".formatted(message));
        }
        return null;
    }

    private void accept(ChannelHandlerContext ctx, Kind kind, char chunkType, ByteBuf chunk, List<Object> out) {
        switch (kind) {
            case HELLO -> phase = Phase.OPEN;
            case OPEN -> phase = Phase.RUNNING;
            default -> {}
        }
        if (chunkType == 'C') {
            if (!connections.reserve(chunk.readableBytes())) {
                chunk.release();
                close(ctx, StatusCodes.Bad_TcpNotEnoughResources, "too many unfinished messages");
                return;
            }
            chunkBytes += chunk.readableBytes();
            chunks.add(chunk);
            markPartial();
            return;
        }
        partialSinceMillis = -1;
        connections.release(chunkBytes);
        chunkBytes = 0;
        if (chunkType == 'A') {
            chunks.forEach(ByteBuf::release); // Part 6, 6.7.3: the message is given up
            chunks.clear();
            chunk.release();
            return;
        }
        out.addAll(chunks);
        chunks.clear();
        out.add(chunk);
    }

    private void close(ChannelHandlerContext ctx, long status, String reason) {
        isClosing = true;
        dropChunks();
        connections.refused(ctx.channel(), reason);
        try {
            ctx.writeAndFlush(TcpMessageEncoder.encode(new ErrorMessage(status, reason)))
                    .addListener(written -> ctx.close());
        } catch (UaException e) {
            ctx.close();
        }
        // A client that does not read would keep the connection by leaving the error unread.
        ctx.executor().schedule(() -> ctx.close(), 2, TimeUnit.SECONDS);
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    private void dropChunks() {
        chunks.forEach(ByteBuf::release);
        chunks.clear();
        connections.release(chunkBytes);
        chunkBytes = 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        isClosing = true;
        dropChunks();
        super.channelInactive(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        dropChunks();
    }

    private enum Kind {
        HELLO(SMALLEST_HELLO),
        OPEN(SMALLEST_OPEN),
        MESSAGE(SMALLEST_MESSAGE),
        CLOSE(SMALLEST_MESSAGE),
        OTHER(HEADER);

        final int smallest;

        Kind(int smallest) {
            this.smallest = smallest;
        }

        static Kind of(int letters) {
            return switch (letters) {
                case 0x48454C -> HELLO;
                case 0x4F504E -> OPEN;
                case 0x4D5347 -> MESSAGE;
                case 0x434C4F -> CLOSE;
                default -> OTHER;
            };
        }
    }
}
