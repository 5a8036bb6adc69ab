package org.uatwin.server.launch;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.TwinInstance;

/** One line of what is happening in the demo: overwritten each second on a terminal, a new one now and then in a log. */
final class LiveLine {
    private static final long TERMINAL_SECONDS = 1;
    private static final long LOG_SECONDS = 30;

    private final PrintWriter out;
    private final UatwinServer server;

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on a log gets the terminal's line too, which only looks odd
    private final boolean isTerminal = System.console() != null;

    LiveLine(PrintWriter out, UatwinServer server) {
        this.out = out;
        this.server = server;
    }

    void runUntil(CountDownLatch end) throws InterruptedException {
        long pause = isTerminal ? TERMINAL_SECONDS : LOG_SECONDS;
        while (!end.await(pause, TimeUnit.SECONDS)) {
            if (isTerminal) {
                out.print("\r\u001b[K" + text());
            } else {
                out.println(text());
            }
            out.flush();
        }
        if (isTerminal) {
            out.println();
        }
    }

    private String text() {
        return "pump-01 %s r/min  %s m3/h  %s bar  |  conveyor-01 %s m/s  %s t/h  %s items"
                .formatted(
                        number("pump-01", "Speed", 0),
                        number("pump-01", "Flow", 1),
                        number("pump-01", "DischargePressure", 2),
                        number("conveyor-01", "BeltSpeed", 2),
                        number("conveyor-01", "LoadMassFlow", 0),
                        number("conveyor-01", "ItemCount", 0));
    }

    private String number(String twin, String point, int decimals) {
        TwinInstance instance = server.live().instance(twin);
        int row = instance == null ? -1 : instance.row(point);
        if (instance == null || row < 0) {
            return "-";
        }
        Sample sample = server.live().table().read(row);
        if (sample.status().isBad()) {
            return sample.status().sameCode(StatusCode.BAD_WAITING_FOR_INITIAL_DATA) ? "..." : "no answer";
        }
        double value = instance.type()
                .points()
                .get(instance.type().pointOrdinal(point))
                .dataType()
                .toDouble(sample.bits());
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return sample.status().isGood() ? text : text + "?";
    }
}
