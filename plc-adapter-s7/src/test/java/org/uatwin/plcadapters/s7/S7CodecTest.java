package org.uatwin.plcadapters.s7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class S7CodecTest {
    private static S7Address at(S7Type type, int length) {
        return new S7Address(S7Area.DB, 1, 10, 0, type, length, 1);
    }

    private static Object throughTheCpu(S7Address address, Object value) {
        byte[] memory = new byte[address.bytes()];
        byte[] written = S7Codec.encode(address, value);
        System.arraycopy(written, 0, memory, S7Codec.skipped(address.type()), written.length);
        return S7Codec.decode(address, memory, address.offset());
    }

    /** decode(encode(x)) = x for every number type. */
    @Property
    void everyNumberReturnsAsItWasWritten(@ForAll S7Type type, @ForAll long random) {
        if (type.kind() == S7Type.Kind.SIGNED || type.kind() == S7Type.Kind.UNSIGNED) {
            int bits = 8 * type.bytes(0);
            BigInteger raw = BigInteger.valueOf(random).mod(BigInteger.ONE.shiftLeft(bits));
            BigInteger value = type.kind() == S7Type.Kind.SIGNED && raw.testBit(bits - 1)
                    ? raw.subtract(BigInteger.ONE.shiftLeft(bits))
                    : raw;
            Object sent = value.bitLength() < 64 ? (Object) value.longValue() : value;
            assertThat(throughTheCpu(at(type, 0), sent)).isEqualTo(sent);
        }
    }

    @Property
    void floatsAndTextsReturnAsTheyWereWritten(@ForAll double number, @ForAll float small, @ForAll String text) {
        assertThat(throughTheCpu(at(S7Type.LREAL, 0), number)).isEqualTo(number);
        assertThat(throughTheCpu(at(S7Type.REAL, 0), (double) small)).isEqualTo((double) small);
        String wide = text.codePoints()
                .filter(c -> c < 0xD800)
                .limit(100)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(throughTheCpu(at(S7Type.WSTRING, 100), wide)).isEqualTo(wide);
    }

    /** Bytes as STEP 7 shows them. */
    @Test
    void bytesAreThoseOfTheCpu() {
        assertThat(HexFormat.of().formatHex(S7Codec.encode(at(S7Type.REAL, 0), 25.0)))
                .isEqualTo("41c80000");
        assertThat(HexFormat.of().formatHex(S7Codec.encode(at(S7Type.INT, 0), -2L)))
                .isEqualTo("fffe");
        assertThat(HexFormat.of().formatHex(S7Codec.encode(at(S7Type.STRING, 5), "ab")))
                .isEqualTo("026162");
        byte[] lamps = HexFormat.of().parseHex("4081");
        assertThat(S7Codec.decode(new S7Address(S7Area.DB, 1, 10, 6, S7Type.BOOL, 0, 3), lamps, 10))
                .isEqualTo(List.of(true, false, true));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> S7Codec.encode(at(S7Type.INT, 0), 32_768L)).hasMessageContaining("32767");
        assertThatThrownBy(() -> S7Codec.encode(at(S7Type.UINT, 0), -1L)).hasMessageContaining("-1");
        assertThatThrownBy(() -> S7Codec.encode(at(S7Type.DINT, 0), 1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> S7Codec.encode(at(S7Type.STRING, 3), "abcd")).hasMessageContaining("4 characters");
        assertThatThrownBy(() -> S7Codec.encode(at(S7Type.STRING, 3), "€")).hasMessageContaining("8859-1");
        byte[] liar = HexFormat.of().parseHex("0309616263");
        assertThatThrownBy(() -> S7Codec.decode(at(S7Type.STRING, 3), liar, 10)).hasMessageContaining("9 characters");
    }

    /** The answer of snap7 1.4 to a read of one good and one missing address, byte by byte; a real CPU says 0000 at the end. */
    @Test
    void refusedItemsAnnounceNoData() {
        String answer =
                "0300001f" + "02f080" + "320300000002" + "0002000a" + "0000" + "0402" + "ff0400100102" + "0a000004";
        ByteBuf frame = Unpooled.wrappedBuffer(HexFormat.of().parseHex(answer));
        RefusedItems.mend(frame);
        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo(answer.substring(0, answer.length() - 4) + "0000");
    }
}
