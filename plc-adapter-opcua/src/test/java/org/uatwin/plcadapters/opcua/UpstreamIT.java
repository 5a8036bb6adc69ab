package org.uatwin.plcadapters.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.plcadapters.opcua.Mirror.eventually;
import static org.uatwin.plcadapters.opcua.Mirror.node;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.WriteResult;

/** The link against a server of Milo on a real socket. */
class UpstreamIT {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String ALL = String.join(
            ", ",
            "Temperature: " + node("Temperature"),
            "Setpoint: " + node("Setpoint"),
            "Count: " + node("Count"),
            "Name: " + node("Name"),
            "Levels: " + node("Levels"),
            "Level: {address: %s, element: \"1\"}".formatted(node("Levels")),
            "Fixed: " + node("Fixed"));

    private static DataValue at(double value, long status) {
        return new DataValue(
                new Variant(value),
                new org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode(status),
                new DateTime(THEN),
                DateTime.now());
    }

    /** What the upstream server says about a value is what our clients are to hear: no Good invented, no time of ours. */
    @Test
    void valuesKeepTheUpstreamsQualityAndSourceTime() {
        try (UpstreamServer server = UpstreamServer.start();
                Mirror mirror = Mirror.open(server.url(), ALL)) {
            mirror.untilGood("Temperature", "Setpoint", "Count", "Name", "Levels", "Level", "Fixed");
            assertThat(mirror.number("Temperature")).isEqualTo(20.5);
            assertThat(mirror.number("Setpoint")).isEqualTo(50);
            assertThat(mirror.read("Count").bits()).isEqualTo(7);
            assertThat(mirror.read("Name").object()).isEqualTo("press");
            assertThat(mirror.read("Levels").object()).isEqualTo(new double[] {1, 2, 3});
            assertThat(mirror.number("Level")).isEqualTo(2);

            server.nodes().set("Temperature", at(99, StatusCodes.Uncertain_SensorNotAccurate));
            eventually(
                    () -> assertThat(mirror.status("Temperature")).isEqualTo(StatusCode.UNCERTAIN_SENSOR_NOT_ACCURATE));
            assertThat(mirror.number("Temperature")).isEqualTo(99);
            assertThat(mirror.read("Temperature").sourceTime()).isEqualTo(UaTime.ofInstant(THEN));

            server.nodes().set("Temperature", at(99, StatusCodes.Bad_SensorFailure));
            eventually(() -> assertThat(mirror.status("Temperature")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE));
            assertThat(mirror.read("Temperature").sourceTime()).isEqualTo(UaTime.ofInstant(THEN));
            assertThat(mirror.lastError("Temperature")).contains("Bad_SensorFailure");
            assertThat(mirror.status("Setpoint")).isEqualTo(StatusCode.GOOD);

            server.nodes().set("Temperature", at(21, StatusCodes.Good));
            mirror.untilGood("Temperature");
            assertThat(mirror.lastError("Temperature")).isEmpty();
        }
    }

    @Test
    void writesReachTheUpstreamInItsTypeAndAreReadBack() throws Exception {
        try (UpstreamServer server = UpstreamServer.start();
                Mirror mirror = Mirror.open(server.url(), ALL)) {
            mirror.untilGood("Temperature", "Setpoint", "Count", "Name", "Levels", "Level", "Fixed");
            assertThat(mirror.write("Setpoint", 61.5)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.nodes().value("Setpoint")).isEqualTo(61.5f);
            assertThat(mirror.number("Setpoint")).isEqualTo(61.5);
            assertThat(mirror.write("Count", 12, null, -1)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.nodes().value("Count")).isEqualTo(12);
            assertThat(mirror.write("Name", 0, "lathe", -1)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.nodes().value("Name")).isEqualTo("lathe");
            assertThat(mirror.write("Levels", 0, new double[] {4, 5}, 1)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.nodes().value("Levels")).isEqualTo(new Double[] {1.0, 4.0, 5.0});
            assertThat(mirror.read("Levels").object()).isEqualTo(new double[] {1, 4, 5});
            assertThat(mirror.write("Level", 9)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.nodes().value("Levels")).isEqualTo(new Double[] {1.0, 9.0, 5.0});

            WriteResult refused = mirror.write("Fixed", 1);
            assertThat(refused.status()).isEqualTo(StatusCode.BAD_USER_ACCESS_DENIED);
            assertThat(refused.text()).contains("Fixed", "Bad_UserAccessDenied");
            assertThat(server.nodes().value("Fixed")).isEqualTo(3.5);
        }
    }

    /** Complaint C45: a point more or less is a monitored item more or less, in the same session. */
    @Test
    void aReloadKeepsTheSessionAndWhatDidNotChange() throws Exception {
        String temperature = "Temperature: " + node("Temperature");
        try (UpstreamServer server = UpstreamServer.start();
                Mirror mirror = Mirror.open(server.url(), temperature)) {
            mirror.untilGood("Temperature");

            mirror.reload(server.url(), temperature + ", Count: " + node("Count"));
            mirror.untilGood("Temperature", "Count");
            assertThat(mirror.read("Count").bits()).isEqualTo(7);
            server.nodes().set("Temperature", at(33, StatusCodes.Good));
            eventually(() -> assertThat(mirror.number("Temperature")).isEqualTo(33));
            assertThat(mirror.write("Count", 8, null, -1)).isEqualTo(WriteResult.CONFIRMED);

            mirror.reload(server.url(), "Temperature: %s, Count: %s".formatted(node("Setpoint"), node("Count")));
            eventually(() -> assertThat(mirror.number("Temperature")).isEqualTo(50));
            server.nodes().set("Temperature", at(44, StatusCodes.Good));
            server.nodes().set("Count", new DataValue(new Variant(9)));
            eventually(() -> assertThat(mirror.read("Count").bits()).isEqualTo(9));
            assertThat(mirror.number("Temperature")).isEqualTo(50);
            assertThat(mirror.link().statistics().reconnects()).isZero();
        }
    }

    /** A wrong node id must cost one point, not the link (peers C26). */
    @Test
    void brokenNodesAreErrorsOfTheirPointsAlone() throws Exception {
        String points = String.join(
                ", ",
                "Temperature: " + node("Temperature"),
                "Setpoint: " + node("NoSuchNode"),
                "Fixed: \"nsu=urn:nobody;s=Fixed\"",
                "Count: " + node("Temperature"),
                "Levels: " + node("Count"));
        try (UpstreamServer server = UpstreamServer.start();
                Mirror mirror = Mirror.open(server.url(), points)) {
            mirror.untilGood("Temperature");
            eventually(() -> assertThat(List.of(
                            mirror.status("Setpoint"),
                            mirror.status("Fixed"),
                            mirror.status("Count"),
                            mirror.status("Levels")))
                    .containsOnly(StatusCode.BAD_CONFIGURATION_ERROR));
            assertThat(mirror.lastError("Setpoint")).contains("NoSuchNode", "Bad_NodeIdUnknown");
            assertThat(mirror.lastError("Fixed")).contains("urn:nobody", UpstreamNodes.URI);
            assertThat(mirror.lastError("Count")).contains("20.5", "Int32");
            assertThat(mirror.lastError("Levels")).contains("3 elements");
            assertThat(mirror.write("Setpoint", 1).status()).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
            assertThat(mirror.link().statistics().state()).isEqualTo(LinkStatistics.State.CONNECTED);
        }
    }

    /** Namespace indexes move when a server is configured anew (peers C33); values must not be those of another node. */
    @Test
    void restartWithOtherNamespaceIndexesIsSurvived() throws Exception {
        UpstreamServer server = UpstreamServer.start();
        try (Mirror mirror = Mirror.open(server.url(), ALL)) {
            mirror.untilGood("Temperature", "Name");
            server.close();
            eventually(() -> assertThat(mirror.status("Temperature")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION));
            assertThat(mirror.number("Temperature")).isEqualTo(20.5); // the last value stays inside
            assertThat(mirror.write("Setpoint", 1).status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);

            server = server.startAgain(List.of("urn:test:another", "urn:test:third"));
            server.nodes().set("Temperature", at(33, StatusCodes.Good));
            mirror.untilGood("Temperature", "Setpoint", "Count", "Name", "Levels", "Level", "Fixed");
            assertThat(mirror.number("Temperature")).isEqualTo(33);
            assertThat(mirror.write("Setpoint", 42)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(mirror.link().statistics().reconnects()).isEqualTo(1);
        } finally {
            server.close();
        }
    }

    /** Every restart makes a client anew; none may be left behind (peers C17). */
    @Test
    void manyRestartsLeaveNoThreadsBehind() {
        UpstreamServer server = UpstreamServer.start();
        try (Mirror mirror = Mirror.open(server.url(), ALL)) {
            mirror.untilGood("Temperature");
            int threads = 0;
            for (int i = 1; i <= 6; i++) {
                server.close();
                eventually(
                        () -> assertThat(mirror.status("Temperature").isGood()).isFalse());
                server = server.startAgain(List.of());
                mirror.untilGood("Temperature");
                if (i == 3) {
                    threads = Thread.activeCount(); // Milo's shared pools have grown by now
                }
            }
            int before = threads;
            eventually(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 1));
        } finally {
            server.close();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("opcua-up");
    }

    @Test
    void everySecurityPolicyWorksWithCertificatesAndUsers() {
        UpstreamServer.Identity own = UpstreamServer.Identity.make("urn:test:mirror");
        String user = "user: %s\npassword: ${env:%s}".formatted(UpstreamServer.USER, "UATWIN_TEST_PASSWORD");
        assertThat(System.getenv("UATWIN_TEST_PASSWORD")).as("set in the POM").isEqualTo(UpstreamServer.PASSWORD);
        try (UpstreamServer server = UpstreamServer.start()) {
            for (String settings : List.of(
                    "",
                    "securityPolicy: Basic256Sha256",
                    "securityPolicy: Aes128_Sha256_RsaOaep\n" + user,
                    "securityPolicy: Aes256_Sha256_RsaPss\n" + user,
                    "securityPolicy: None\n" + user)) {
                try (Mirror mirror =
                        Mirror.open(server.url(), settings, ALL, Mirror.trusting(own, UpstreamServer.certificate()))) {
                    mirror.untilGood("Temperature");
                }
            }
        }
    }

    /** A server that is not trusted gets neither values through nor a password out. */
    @Test
    void untrustedServerIsRefusedAndTheReasonIsShown() {
        UpstreamServer.Identity own = UpstreamServer.Identity.make("urn:test:mirror");
        try (UpstreamServer server = UpstreamServer.start();
                Mirror mirror = Mirror.open(server.url(), "", ALL, Mirror.trusting(own, own.certificate()))) {
            eventually(() -> assertThat(mirror.link().statistics().lastError())
                    .contains("certificate", "nothing of its chain is trusted"));
            assertThat(mirror.status("Temperature")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
            assertThat(mirror.lastError("Temperature")).contains("nothing of its chain is trusted");
        }
    }

    @Test
    void closingAnswersWaitingWritesAndMarksThePoints() throws Exception {
        try (UpstreamServer server = UpstreamServer.start()) {
            Mirror mirror = Mirror.open(server.url(), ALL);
            mirror.untilGood("Temperature");
            mirror.close();
            mirror.close();
            assertThat(mirror.status("Temperature").isGood()).isFalse();
            assertThat(mirror.write("Setpoint", 1).status()).isEqualTo(StatusCode.BAD_SHUTDOWN);
            assertThat(Objects.requireNonNull(mirror.link()).statistics().state())
                    .isEqualTo(LinkStatistics.State.CLOSED);
        }
    }
}
