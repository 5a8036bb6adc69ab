package org.uatwin.certs.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uatwin.certs.TestCertificates.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.ManualTime;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.admin.UserAdmin;
import org.uatwin.certs.admin.UserAdmin.UserRow;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.certs.user.UserDirectory.PlainUser;

/** Users from the command line to the logon. */
class UserDirectoryTest {
    private static final String PASSWORD = "Pumpe-läuft-7";

    private final ManualTime time = new ManualTime();
    private Path data = Path.of("");
    private Path yaml = Path.of("");

    @BeforeEach
    void directory(@TempDir Path directory) {
        data = directory;
        yaml = directory.resolve("users.yaml");
    }

    @Test
    void userOfTheCommandLineLogsOnWithItsRoles() throws IOException {
        new UserAdmin(data).add("anna", PASSWORD.toCharArray(), List.of("Operator", "observer"));
        UserDirectory users = users();
        assertThat(users.authenticate("anna", PASSWORD.toCharArray()))
                .contains(new AuthenticatedUser("anna", Set.of(Role.OPERATOR, Role.OBSERVER)));
        assertThat(users.authenticate("anna", PASSWORD.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        assertThat(users.authenticate("anna", "Pumpe-läuft-8".toCharArray())).isEmpty();
        assertThat(users.authenticate("Anna", PASSWORD.toCharArray())).isEmpty();
        assertThat(users.authenticate("anna", new char[0])).isEmpty();
        assertThat(Files.readString(yaml)).contains("$2b$").doesNotContain(PASSWORD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(yaml)))
                .isEqualTo("rw-------");
    }

    // The time of an answer must not tell whether a name exists: the hash for unknown names is one bcrypt really
    // computes.
    @Test
    void hashOfUnknownUsersCostsAsMuchAsARealOne() {
        for (int cost : new int[] {Passwords.MIN_COST, Passwords.MIN_COST + 1}) {
            String unowned = Passwords.unowned(cost);
            String real = Passwords.hash(PASSWORD.getBytes(StandardCharsets.UTF_8), cost);
            assertThat(Passwords.isHash(unowned)).isTrue();
            assertThat(Passwords.cost(unowned)).isEqualTo(Passwords.cost(real)).isEqualTo(cost);
            assertThat(unowned).hasSameSizeAs(real).startsWith(real.substring(0, 7));
            // bcrypt refuses a malformed hash by an exception, without work
            assertThat(Passwords.matches(unowned, PASSWORD.getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
        }
    }

    @Test
    void changesOnDiskCountWithinASecond() {
        UserAdmin admin = new UserAdmin(data);
        admin.add("anna", PASSWORD.toCharArray(), List.of("Operator"));
        UserDirectory users = users();
        admin.setRoles("anna", List.of("Engineer"));
        admin.passwd("anna", "another-one".toCharArray());
        time.advance(Duration.ofSeconds(1));
        assertThat(users.authenticate("anna", PASSWORD.toCharArray())).isEmpty();
        assertThat(users.authenticate("anna", "another-one".toCharArray()))
                .contains(new AuthenticatedUser("anna", Set.of(Role.ENGINEER)));
        admin.remove("anna");
        time.advance(Duration.ofSeconds(1));
        assertThat(users.authenticate("anna", "another-one".toCharArray())).isEmpty();
        assertThat(users.currentRoles("anna")).isEmpty();
    }

    /** Nobody becomes an engineer for lack of users. */
    @Test
    void withoutUsersNobodyLogsOn() {
        UserDirectory users = users();
        assertThat(users.hasPasswordUsers()).isFalse();
        assertThat(users.authenticate("admin", "admin".toCharArray())).isEmpty();
        assertThat(users.authenticate("", new byte[0])).isEmpty();
    }

    @Test
    void hashesReadableByOthersAreHiddenFromThem() throws IOException {
        new UserAdmin(data).add("anna", PASSWORD.toCharArray(), List.of("Operator"));
        Files.setPosixFilePermissions(yaml, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(users().hasPasswordUsers()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(yaml)))
                .isEqualTo("rw-------");
    }

    @Test
    void brokenEditKeepsTheUsersOfBefore() throws IOException {
        new UserAdmin(data).add("anna", PASSWORD.toCharArray(), List.of("Operator"));
        UserDirectory users = users();
        Files.writeString(yaml, "uatwin-users: 1\nusers: [");
        time.advance(Duration.ofSeconds(1));
        assertThat(users.authenticate("anna", PASSWORD.toCharArray())).isPresent();
        assertThatThrownBy(this::users).isInstanceOf(UserFileException.class); // but a new start says so
    }

    @Test
    void fiveWrongPasswordsLockTheNameForAWhile() {
        UserDirectory users = demo();
        for (int i = 0; i < 5; i++) {
            assertThat(users.authenticate("operator", "wrong".toCharArray())).isEmpty();
        }
        assertThat(users.authenticate("operator", "operator".toCharArray())).isEmpty();
        assertThat(users.authenticate("admin", "admin".toCharArray())).isPresent(); // nobody else is locked
        time.advance(Duration.ofSeconds(2));
        assertThat(users.authenticate("operator", "operator".toCharArray())).isPresent();
        assertThat(users.authenticate("operator", "wrong".toCharArray())).isEmpty(); // counts from one again
        assertThat(users.authenticate("operator", "operator".toCharArray())).isPresent();
    }

    @Test
    void demoUsersNeedNoStrongPasswordAndTheFileWins() {
        assertThat(demo().authenticate("operator", "operator".toCharArray()))
                .contains(new AuthenticatedUser("operator", Set.of(Role.OPERATOR)));
        new UserAdmin(data).add("operator", PASSWORD.toCharArray(), List.of("Observer"));
        UserDirectory both = UserDirectory.ofFileAndMemory(
                new UserFile(yaml, time::nanoTime),
                List.of(
                        new PlainUser("operator", "operator", Set.of(Role.OPERATOR)),
                        new PlainUser("admin", "admin", Set.of(Role.SECURITY_ADMIN))),
                time);
        assertThat(both.authenticate("operator", "operator".toCharArray())).isEmpty();
        assertThat(both.authenticate("operator", PASSWORD.toCharArray())).isPresent();
        assertThat(both.authenticate("admin", "admin".toCharArray())).isPresent();
    }

    @Test
    void certificateUserHasTheRolesOfItsEntryOrMayOnlyLook() {
        X509Certificate known = client("laptop").uri(null).make();
        X509Certificate other = client("other").uri(null).make();
        new UserAdmin(data)
                .addCertificate(
                        "maria", Thumbprint.of(known).hex().toLowerCase(java.util.Locale.ROOT), List.of("Engineer"));
        UserDirectory users = users();
        assertThat(users.certificateUser(known)).isEqualTo(new AuthenticatedUser("maria", Set.of(Role.ENGINEER)));
        assertThat(users.certificateUser(other)).isEqualTo(new AuthenticatedUser("other", Set.of(Role.OBSERVER)));
    }

    @Test
    void listShowsNoHash() {
        UserAdmin admin = new UserAdmin(data);
        admin.add("anna", PASSWORD.toCharArray(), List.of("ConfigureAdmin", "Operator"));
        assertThat(admin.list())
                .containsExactly(new UserRow("anna", "password", List.of("Operator", "ConfigureAdmin"), ""));
        assertThat(new UserFile(yaml, time::nanoTime).read().toString()).doesNotContain("$2b$");
    }

    @Test
    void refusalsSayWhatToDo() {
        UserAdmin admin = new UserAdmin(data);
        assertThatThrownBy(() -> admin.add("anna", "short".toCharArray(), List.of("Operator")))
                .isInstanceOf(PkiException.class)
                .hasMessageContainingAll("5 characters", "8");
        assertThatThrownBy(() -> admin.add("anna", "x".repeat(73).toCharArray(), List.of("Operator")))
                .hasMessageContaining("72");
        assertThatThrownBy(() -> admin.add("anna-maria", "Anna-Maria".toCharArray(), List.of("Operator")))
                .hasMessageContaining("user name");
        assertThatThrownBy(() -> admin.add("anna", PASSWORD.toCharArray(), List.of("Boss")))
                .hasMessageContainingAll("Boss", "Observer, Operator");
        assertThatThrownBy(() -> admin.add("anna", PASSWORD.toCharArray(), List.of()))
                .hasMessageContaining("--role");
        assertThatThrownBy(() -> admin.add("an\nna", PASSWORD.toCharArray(), List.of("Operator")))
                .isInstanceOf(PkiException.class);
        assertThatThrownBy(() -> admin.passwd("nobody", PASSWORD.toCharArray())).hasMessageContaining("nobody");
        admin.add("anna", PASSWORD.toCharArray(), List.of("Operator"));
        assertThatThrownBy(() -> admin.add("anna", PASSWORD.toCharArray(), List.of("Operator")))
                .hasMessageContaining("passwd");
    }

    private UserDirectory users() {
        return UserDirectory.ofFile(new UserFile(yaml, time::nanoTime), time);
    }

    private UserDirectory demo() {
        return UserDirectory.inMemory(
                List.of(
                        new PlainUser("operator", "operator", Set.of(Role.OPERATOR)),
                        new PlainUser("admin", "admin", Set.of(Role.SECURITY_ADMIN))),
                time);
    }
}
