package org.uatwin.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameGateTest {
    private static final int MIB = 1024 * 1024;
    private static final WireLimits LIMITS = new WireLimits(
            3,
            4 * MIB,
            64 * 1024,
            6L * MIB,
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofSeconds(60),
            64,
            4,
            1_000);

    private final Connections connections = new Connections(LIMITS);

    private EmbeddedChannel connect() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameGate(connections));
        channel.freezeTime();
        return channel;
    }

    private EmbeddedChannel running() {
        EmbeddedChannel channel = connect();
        send(channel, "HELF", 48);
        send(channel, "OPNF", 120);
        channel.inboundMessages().clear();
        return channel;
    }

    private EmbeddedChannel loggedOn() {
        EmbeddedChannel channel = running();
        Connection.of(channel).activated(() -> true);
        return channel;
    }

    private static void send(EmbeddedChannel channel, String type, int size) {
        channel.writeInbound(chunk(type, size, size));
    }

    /** A chunk that says it has {@code size} bytes and of which {@code present} are there. */
    private static ByteBuf chunk(String type, long size, int present) {
        ByteBuf chunk = Unpooled.buffer(present);
        chunk.writeCharSequence(type, StandardCharsets.US_ASCII);
        chunk.writeIntLE((int) size);
        chunk.writeZero(present - 8);
        return chunk;
    }

    private static void pass(EmbeddedChannel channel, Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private static void end(EmbeddedChannel channel) {
        assertThat(channel.close().isSuccess()).isTrue();
    }

    /** The status of the error the client got, null when none. */
    private static @Nullable Long error(EmbeddedChannel channel) {
        ByteBuf sent = channel.readOutbound();
        return sent == null ? null : sent.getUnsignedIntLE(8);
    }

    /** Part 6, 7.1.2.2: only the four message types of a client, Hello first. */
    @Test
    void anythingButHelloEndsAFreshConnection() {
        for (String type : List.of("OPNF", "MSGF", "CLOF", "ACKF", "GET ", "HELC", "HEL\0")) {
            EmbeddedChannel channel = connect();
            send(channel, type, 64);
            assertThat(error(channel)).as(type).isEqualTo(StatusCodes.Bad_TcpMessageTypeInvalid);
            assertThat(channel.isOpen()).as(type).isFalse();
        }
    }

    @Test
    void aMessageBeforeTheChannelIsOpenAndASecondHelloEndTheConnection() {
        EmbeddedChannel early = connect();
        send(early, "HELF", 48);
        send(early, "MSGF", 48);
        assertThat(error(early)).isEqualTo(StatusCodes.Bad_TcpMessageTypeInvalid);

        EmbeddedChannel again = running();
        send(again, "HELF", 48);
        assertThat(error(again)).isEqualTo(StatusCodes.Bad_TcpMessageTypeInvalid);
    }

    /** The size is refused from the header alone: nothing is collected for it. */
    @Test
    void sizesOutsideTheirLimitsAreRefusedFromTheHeader() {
        for (long size : new long[] {0, 7, 8, 23}) {
            EmbeddedChannel channel = running();
            channel.writeInbound(chunk("MSGF", size, 8));
            assertThat(error(channel)).as("size %d", size).isEqualTo(StatusCodes.Bad_TcpInternalError);
        }
        for (long size : new long[] {65_536, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL}) {
            EmbeddedChannel channel = running();
            channel.writeInbound(chunk("MSGF", size, 8));
            assertThat(error(channel)).as("size %d", size).isEqualTo(StatusCodes.Bad_TcpMessageTooLarge);
        }
    }

    /** CVE-2026-63252: what Milo never gets it cannot forget. */
    @Test
    void chunksAreHeldBackUntilTheMessageIsCompleteAndReleasedWithTheConnection() {
        EmbeddedChannel channel = loggedOn();
        send(channel, "MSGC", 10_000);
        send(channel, "MSGC", 10_000);
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(connections.waitingBytes()).isEqualTo(20_000);
        send(channel, "MSGF", 500);
        List<ByteBuf> passed = new ArrayList<>();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            passed.add(next);
        }
        assertThat(passed).extracting(ByteBuf::readableBytes).containsExactly(10_000, 10_000, 500);
        assertThat(connections.waitingBytes()).isZero();

        send(channel, "MSGC", 10_000);
        end(channel);
        assertThat(connections.waitingBytes()).isZero();
        passed.forEach(ByteBuf::release);
    }

    /** Part 6, 6.7.3: an abort chunk takes the chunks before it away. */
    @Test
    void anAbortedMessageIsForgotten() {
        EmbeddedChannel channel = loggedOn();
        send(channel, "MSGC", 10_000);
        send(channel, "MSGA", 60);
        assertThat(connections.waitingBytes()).isZero();
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void endlessChunksEndAtTheMessageSizeWhichIsSmallBeforeLogon() {
        EmbeddedChannel stranger = running();
        int sent = 0;
        while (stranger.isOpen() && sent < 100) {
            send(stranger, "MSGC", 8_192);
            sent++;
        }
        assertThat(sent).isEqualTo(10); // 64 KiB and the overhead of ten chunks
        assertThat(error(stranger)).isEqualTo(StatusCodes.Bad_TcpMessageTooLarge);
        assertThat(connections.waitingBytes()).isZero();

        EmbeddedChannel user = loggedOn();
        for (int i = 0; i < 60; i++) {
            send(user, "MSGC", 65_535);
        }
        assertThat(user.isOpen()).isTrue();
        end(user);
    }

    /** Many tiny chunks would cost more than their bytes. */
    @Test
    void theNumberOfChunksIsBoundedToo() {
        EmbeddedChannel stranger = running();
        int sent = 0;
        while (stranger.isOpen() && sent < 1_000) {
            send(stranger, "MSGC", 24);
            sent++;
        }
        assertThat(sent).isLessThan(40);
    }

    @Test
    void allConnectionsTogetherMayWaitWithSoManyBytesOnly() {
        EmbeddedChannel first = loggedOn();
        EmbeddedChannel second = loggedOn();
        for (int i = 0; i < 60; i++) {
            send(first, "MSGC", 65_535);
        }
        int sent = 0;
        while (second.isOpen() && sent < 60) {
            send(second, "MSGC", 65_535);
            sent++;
        }
        assertThat(error(second)).isEqualTo(StatusCodes.Bad_TcpNotEnoughResources);
        assertThat(first.isOpen()).isTrue();
        end(first);
        assertThat(connections.waitingBytes()).isZero();
    }

    /** Slow-loris: a byte now and then keeps no connection. */
    @Test
    void halfAHandshakeAndHalfAMessageEndAtTheirDeadline() {
        EmbeddedChannel silent = connect();
        pass(silent, Duration.ofSeconds(15));
        assertThat(silent.isOpen()).isTrue();
        pass(silent, Duration.ofSeconds(1));
        assertThat(silent.isOpen()).isFalse();

        EmbeddedChannel halfOpen = connect();
        send(halfOpen, "HELF", 48);
        pass(halfOpen, Duration.ofSeconds(16));
        assertThat(halfOpen.isOpen()).isFalse();

        EmbeddedChannel slow = loggedOn();
        slow.writeInbound(chunk("MSGF", 1_000, 9));
        for (int i = 0; i < 61 && slow.isOpen(); i++) {
            pass(slow, Duration.ofSeconds(1));
            if (slow.isOpen()) {
                slow.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
            }
        }
        assertThat(slow.isOpen()).isFalse();
    }

    @Test
    void aConnectionWithoutSessionEndsAndOneWithASessionStays() {
        EmbeddedChannel stranger = running();
        EmbeddedChannel user = loggedOn();
        pass(stranger, Duration.ofSeconds(121));
        pass(user, Duration.ofHours(1));
        assertThat(stranger.isOpen()).isFalse();
        assertThat(user.isOpen()).isTrue();
        end(user);
    }

    /** Part 4, 5.6.2: the limit must not lock out those who come to work. */
    @Test
    void atTheLimitTheOldestWithoutSessionGivesWayAndUsersStay() {
        EmbeddedChannel user = loggedOn();
        EmbeddedChannel stranger = running();
        EmbeddedChannel other = running();
        EmbeddedChannel fourth = running();
        assertThat(stranger.isOpen()).isFalse();
        assertThat(List.of(user.isOpen(), other.isOpen(), fourth.isOpen())).containsOnly(true);
        Connection.of(other).activated(() -> true);
        Connection.of(fourth).activated(() -> true);
        EmbeddedChannel fifth = connect();
        assertThat(fifth.isOpen()).isFalse();
        assertThat(connections.count()).isEqualTo(3);
        assertThat(connections.refusals()).isEqualTo(2);
    }

    /** A session that moved away or closed leaves its connection without one. */
    @Test
    void aConnectionWhoseSessionClosedIsAStrangerAgain() {
        boolean[] isSessionOpen = {true};
        EmbeddedChannel channel = running();
        Connection.of(channel).activated(() -> isSessionOpen[0]);
        pass(channel, Duration.ofMinutes(10));
        isSessionOpen[0] = false;
        pass(channel, Duration.ofSeconds(119));
        assertThat(channel.isOpen()).isTrue();
        pass(channel, Duration.ofSeconds(3));
        assertThat(channel.isOpen()).isFalse();
    }
}
