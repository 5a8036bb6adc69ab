package org.uatwin.server.cli.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;

/**
 * Where to look: {@code modbus://host:502/unit}, {@code modbus-rtu-over-tcp://host:4001/unit} or
 * {@code modbus-rtu:/dev/ttyUSB0?unit=1&baud=9600&parity=even&stop=1}.
 *
 * @param unitId absent if the target names none.
 */
record ModbusTarget(Transport transport, OptionalInt unitId) {
    private static final int MODBUS_PORT = 502;
    private static final String FORMS = "modbus://HOST[:PORT][/UNIT], modbus-rtu-over-tcp://HOST:PORT[/UNIT]"
            + " or modbus-rtu:/dev/ttyUSB0?unit=1&baud=19200&parity=even&stop=1";

    /** @throws CliException if it is none. */
    static ModbusTarget parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw wrong(text, "is no address");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "modbus", "modbus-tcp" -> {
                int port = uri.getPort() < 0 ? MODBUS_PORT : uri.getPort();
                yield new ModbusTarget(new Transport.Tcp(host(uri, text), port), pathUnit(uri, text));
            }
            case "modbus-rtu-over-tcp" -> {
                if (uri.getPort() < 0) {
                    throw wrong(text, "names no port");
                }
                yield new ModbusTarget(new Transport.RtuOverTcp(host(uri, text), uri.getPort()), pathUnit(uri, text));
            }
            case "modbus-rtu" -> serial(uri, text);
            default -> throw wrong(text, "is no Modbus address");
        };
    }

    private static String host(URI uri, String text) {
        if (uri.getHost() == null) {
            throw wrong(text, "names no host");
        }
        return uri.getHost();
    }

    private static OptionalInt pathUnit(URI uri, String text) {
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        return path.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(path, 0, 255, "unit id", text));
    }

    private static ModbusTarget serial(URI uri, String text) {
        String rest = uri.getSchemeSpecificPart();
        int question = rest.indexOf('?');
        String port = (question < 0 ? rest : rest.substring(0, question)).replaceFirst("^//", "");
        if (port.isEmpty()) {
            throw wrong(text, "names no serial port");
        }
        Map<String, String> options = new HashMap<>();
        for (String option :
                question < 0 ? new String[0] : rest.substring(question + 1).split("&")) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, Math.max(0, equals)), option.substring(equals + 1));
        }
        String unit = options.remove("unit");
        int baud = number(options.getOrDefault("baud", "19200"), 1200, 230_400, "baud rate", text);
        int stop = number(options.getOrDefault("stop", "1"), 1, 2, "number of stop bits", text);
        Transport.Serial.Parity parity =
                switch (options.getOrDefault("parity", "even").toLowerCase(Locale.ROOT)) {
                    case "none" -> Transport.Serial.Parity.NONE;
                    case "even" -> Transport.Serial.Parity.EVEN;
                    case "odd" -> Transport.Serial.Parity.ODD;
                    default -> throw wrong(text, "has another parity than none, even, odd");
                };
        options.keySet().removeAll(java.util.Set.of("baud", "stop", "parity"));
        if (!options.isEmpty()) {
            throw wrong(
                    text,
                    "has the unknown option " + options.keySet().iterator().next());
        }
        return new ModbusTarget(
                new Transport.Serial(port, baud, 8, parity, stop),
                unit == null ? OptionalInt.empty() : OptionalInt.of(number(unit, 1, 247, "unit id", text)));
    }

    private static int number(String digits, int low, int high, String what, String text) {
        try {
            int value = Integer.parseInt(digits);
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, "has no %s %d..%d: \"%s\"".formatted(what, low, high, digits));
        }
        throw wrong(text, "has no %s %d..%d: \"%s\"".formatted(what, low, high, digits));
    }

    private static CliException wrong(String text, String what) {
        return new CliException(Exit.USAGE, "\"%s\" %s.\n  Fix: write %s.".formatted(text, what, FORMS));
    }
}
