package org.uatwin.plcadapters.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Contracts section 8: the bytes on the wire for every order, which no release may change. One codec object reads and writes.
 * Letters name the bytes of the value, A the most significant.
 */
class CodecGoldenTest {

    private static WordOrder order(String text) {
        return switch (text) {
            case "words, bytes" -> WordOrder.of(false, false);
            case "reversed, bytes" -> WordOrder.of(true, false);
            case "words, swapped" -> WordOrder.of(false, true);
            case "reversed, swapped" -> WordOrder.of(true, true);
            default -> WordOrder.permutation(text);
        };
    }

    // 0A0B0C0D and 3.14159274 (IEEE 754: 40490FDB); 0102030405060708 and 3.141592653589793 (400921FB54442D18).
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT32   | words, bytes      | 0A0B0C0D         | 0A0B0C0D",
                "INT32   | reversed, bytes   | 0A0B0C0D         | 0C0D0A0B",
                "INT32   | words, swapped    | 0A0B0C0D         | 0B0A0D0C",
                "INT32   | reversed, swapped | 0A0B0C0D         | 0D0C0B0A",
                "INT32   | CADB              | 0A0B0C0D         | 0C0A0D0B",
                "UINT32  | reversed, bytes   | FFFE0001         | 0001FFFE",
                "FLOAT32 | words, bytes      | 40490FDB         | 40490FDB",
                "FLOAT32 | reversed, bytes   | 40490FDB         | 0FDB4049",
                "FLOAT32 | words, swapped    | 40490FDB         | 4940DB0F",
                "FLOAT32 | reversed, swapped | 40490FDB         | DB0F4940",
                "INT64   | words, bytes      | 0102030405060708 | 0102030405060708",
                "INT64   | reversed, bytes   | 0102030405060708 | 0708050603040102",
                "INT64   | words, swapped    | 0102030405060708 | 0201040306050807",
                "INT64   | reversed, swapped | 0102030405060708 | 0807060504030201",
                "INT64   | HFDBGECA          | 0102030405060708 | 0806040207050301",
                "FLOAT64 | words, bytes      | 400921FB54442D18 | 400921FB54442D18",
                "FLOAT64 | reversed, swapped | 400921FB54442D18 | 182D4454FB210940"
            })
    void bytesOfEachOrder(RegisterType type, String order, String value, String wire) {
        long raw = Long.parseUnsignedLong(value, 16);
        long bits =
                switch (type) {
                    case FLOAT32 -> Double.doubleToRawLongBits(Float.intBitsToFloat((int) raw));
                    case INT32 -> (int) raw;
                    default -> raw;
                };
        ValueCodec codec = new ValueCodec(
                new RegisterFormat(type, order(order), 1, 0, -1, 0, 1, 0),
                ModbusTable.HOLDING_REGISTER,
                type.natural(),
                false);
        Encoded written = codec.encode(bits, null, -1);
        assertThat(written.status()).isEqualTo(StatusCode.GOOD);
        assertThat(HexFormat.of().withUpperCase().formatHex(written.data())).isEqualTo(wire);
        Decoded read = new Decoded();
        codec.decode(HexFormat.of().parseHex(wire), 0, read);
        assertThat(read.bits).isEqualTo(bits);
    }
}
