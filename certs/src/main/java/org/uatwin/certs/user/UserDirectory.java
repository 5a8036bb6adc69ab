package org.uatwin.certs.user;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.certs.store.CertificateInfo;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.certs.user.UserTable.CertificateUser;
import org.uatwin.certs.user.UserTable.PasswordUser;

/**
 * Answers logons. Every refusal looks the same and takes about the same time, whether the name, the password or the number of
 * attempts was wrong: the reason goes to our log only. With no users at all nobody can log on; nobody gets a role for lack of a
 * user file.
 *
 * <p>A logon costs one bcrypt hash (about 0.1 s) on the caller's thread. Half of the cores at most do that at once, further
 * logons wait up to 5 s and are then refused: a flood of logons must not take the time of publishing. Thread-safe.
 */
public final class UserDirectory {
    /** Roles of a trusted user certificate that no entry of {@code users.yaml} names: it may look, nothing else. */
    public static final Set<Role> DEFAULT_CERTIFICATE_ROLES = Set.of(Role.OBSERVER);

    private static final Logger LOG = LoggerFactory.getLogger(UserDirectory.class);
    private static final long MAX_WAIT_SECONDS = 5;

    private final Supplier<UserTable> table;
    private final LogonThrottle knownNames;
    private final LogonThrottle unknownNames;
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final String dummyHash;

    private UserDirectory(Supplier<UserTable> table, InstantSource clock) {
        this.table = table;
        this.knownNames = new LogonThrottle(clock);
        this.unknownNames = new LogonThrottle(clock); // apart, so that invented names cannot push real ones out
        int cost = table.get().users().stream()
                .mapToInt(user -> Passwords.cost(user.bcrypt()))
                .max()
                .orElse(Passwords.COST);
        this.dummyHash = Passwords.unowned(cost);
    }

    /**
     * The users of a file.
     *
     * @throws UserFileException when the file is broken now.
     */
    public static UserDirectory ofFile(UserFile file, InstantSource clock) {
        return new UserDirectory(file::current, clock);
    }

    /** Users given by the program, with roles but without the rule for passwords: for the demo and for tests. */
    public static UserDirectory inMemory(List<PlainUser> users, InstantSource clock) {
        UserTable fixed = hashed(users);
        return new UserDirectory(() -> fixed, clock);
    }

    /** Users of a file and users given by the program; where both know a name, the file counts. */
    public static UserDirectory ofFileAndMemory(UserFile file, List<PlainUser> users, InstantSource clock) {
        UserTable fixed = hashed(users);
        return new UserDirectory(
                () -> {
                    UserTable fromFile = file.current();
                    List<PasswordUser> all = new ArrayList<>(fromFile.users());
                    fixed.users().stream()
                            .filter(user -> fromFile.user(user.name()).isEmpty())
                            .forEach(all::add);
                    return new UserTable(all, fromFile.certificates());
                },
                clock);
    }

    /** Checks a name and a password. The array is not kept and not changed. */
    public Optional<AuthenticatedUser> authenticate(String name, char[] password) {
        byte[] utf8 = Passwords.utf8(password);
        try {
            return authenticate(name, utf8);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    /**
     * As {@link #authenticate(String, char[])} for the UTF-8 bytes of a UserNameIdentityToken (OPC UA Part 4, 7.40.4).
     */
    public Optional<AuthenticatedUser> authenticate(String name, byte[] passwordUtf8) {
        Optional<PasswordUser> user = table.get().user(name);
        LogonThrottle throttle = user.isPresent() ? knownNames : unknownNames;
        String key = name.length() > 64 ? name.substring(0, 64) : name;
        Optional<Instant> lockedUntil = throttle.lockedUntil(key);
        Optional<Boolean> matches = check(user.map(PasswordUser::bcrypt).orElse(dummyHash), passwordUtf8);
        if (matches.isEmpty()) {
            LOG.warn("logon of \"{}\" refused: too many logons at the same time", printable(key));
            return Optional.empty();
        }
        if (lockedUntil.isPresent()) {
            LOG.warn(
                    "logon of \"{}\" refused: too many wrong passwords, locked until {}",
                    printable(key),
                    lockedUntil.get());
            return Optional.empty();
        }
        if (user.isEmpty() || !matches.get()) {
            throttle.failed(key);
            LOG.warn(
                    "logon of \"{}\" refused: {}",
                    printable(key),
                    user.isEmpty()
                            ? "no such user. To add one: uatwin users add NAME --role Operator"
                            : "wrong password");
            return Optional.empty();
        }
        throttle.succeeded(key);
        return user.map(u -> new AuthenticatedUser(u.name(), u.roles()));
    }

    /**
     * Does the work of refusing a wrong password, for a password that could not be decrypted: the time of an answer must
     * not tell a client which of the two it was (CVE-2026-60007).
     */
    public void refuseUnread() {
        check(dummyHash, new byte[0]);
    }

    /**
     * Name and roles of a person with a certificate. Call it only for a certificate that {@code CertificateValidator} accepted
     * for {@code Purpose.USER} and whose owner proved to hold its key. Without an entry in {@code users.yaml}: the common name and
     * {@link #DEFAULT_CERTIFICATE_ROLES}.
     */
    public AuthenticatedUser certificateUser(X509Certificate validated) {
        Optional<CertificateUser> entry = table.get().certificate(Thumbprint.of(validated));
        return entry.map(user -> new AuthenticatedUser(user.name(), user.roles()))
                .orElseGet(() -> new AuthenticatedUser(
                        printable(CertificateInfo.of(validated).commonName()), DEFAULT_CERTIFICATE_ROLES));
    }

    /**
     * The roles a user of this name has now, for sessions that live longer than an edit of the file; empty once removed.
     */
    public Optional<Set<Role>> currentRoles(String name) {
        return table.get().user(name).map(PasswordUser::roles);
    }

    /** Whether anybody can log on with a password. */
    public boolean hasPasswordUsers() {
        return !table.get().users().isEmpty();
    }

    private Optional<Boolean> check(String hash, byte[] password) {
        try {
            if (!hashing.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(Passwords.matches(hash, password));
        } finally {
            hashing.release();
        }
    }

    private static UserTable hashed(List<PlainUser> users) {
        return new UserTable(
                users.stream()
                        .map(user -> new PasswordUser(
                                user.name(),
                                Passwords.hash(
                                        user.password().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                        Passwords.MIN_COST),
                                user.roles()))
                        .toList(),
                List.of());
    }

    private static String printable(String name) {
        return name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
    }

    /** A user of the demo; its password is no secret, it is printed at the start. */
    public record PlainUser(String name, String password, Set<Role> roles) {
        public PlainUser {
            roles = Set.copyOf(roles);
        }

        @Override
        public String toString() {
            return "PlainUser[" + name + ", " + roles + "]";
        }
    }
}
