package org.uatwin.certs.user;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.store.AtomicFile;
import org.uatwin.certs.user.UserTable.CertificateUser;
import org.uatwin.certs.user.UserTable.PasswordUser;

/**
 * {@code users.yaml}: read when it changed, written as a whole (0600). A missing file means no users. Thread-safe; two programs
 * editing in the same millisecond are not protected from each other.
 */
public final class UserFile {
    private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int EDIT_ATTEMPTS = 5;

    private final Path file;
    private final LongSupplier nanoTime;
    private volatile @Nullable Look look; // written under the lock of this

    /**
     * @param file {@code users.yaml} of the data directory; need not exist.
     * @param nanoTime monotonic ticker, {@code System::nanoTime} in production.
     */
    public UserFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
    }

    public Path file() {
        return file;
    }

    /**
     * The users now, at most one second old. When an edit broke the file while the server runs, the users of before stay and the
     * problems are logged once: a slip of the pen must not lock the plant out.
     *
     * @throws UserFileException when the file is broken at the first look.
     */
    public UserTable current() {
        Look now = look;
        if (now != null && nanoTime.getAsLong() - now.nanos < LOOK_EVERY_NANOS) {
            return now.table;
        }
        synchronized (this) {
            return lookAgain();
        }
    }

    /** Reads the file as it is, strictly. */
    public UserTable read() {
        return parse(content());
    }

    /**
     * Changes the users on disk: reads, applies {@code edit}, writes, unless the file changed in between, then again. Comments in
     * the file are not kept.
     */
    void edit(UnaryOperator<UserTable> edit) {
        for (int attempt = 0; attempt < EDIT_ATTEMPTS; attempt++) {
            byte[] before = content();
            byte[] after = print(edit.apply(parse(before))).getBytes(StandardCharsets.UTF_8);
            synchronized (this) {
                if (Arrays.equals(before, content())) {
                    AtomicFile.write(file, after, AtomicFile.Access.OWNER_ONLY);
                    look = null;
                    return;
                }
            }
        }
        throw new PkiException(
                "%s: changes all the time, the edit was given up. Fix: end the other editor.".formatted(file));
    }

    private UserTable lookAgain() {
        Look before = look;
        long now = nanoTime.getAsLong();
        if (before != null && now - before.nanos < LOOK_EVERY_NANOS) {
            return before.table;
        }
        byte[] content;
        try {
            content = content();
        } catch (PkiException e) {
            if (before == null) {
                throw e;
            }
            LOG.error("the users of before stay in force: {}", e.getMessage());
            look = new Look(now, before.content, before.table);
            return before.table;
        }
        UserTable table;
        if (before != null && before.content.equals(ByteBuffer.wrap(content))) {
            table = before.table;
        } else {
            try {
                table = parse(content);
                tighten();
            } catch (UserFileException e) {
                if (before == null) {
                    throw e;
                }
                LOG.error("the users of before stay in force until this is mended:\n{}", e.getMessage());
                table = before.table;
            }
        }
        look = new Look(now, ByteBuffer.wrap(content), table);
        return table;
    }

    private void tighten() {
        try {
            if (Files.exists(file) && AtomicFile.tighten(file)) {
                LOG.warn("{}: was readable by others; it is now readable by its owner only (0600).", file);
            }
        } catch (IOException e) {
            LOG.warn(
                    "{}: is readable by others and that cannot be changed. Fix: chown it to the user of the server, chmod 600.",
                    file);
        }
    }

    private byte[] content() {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new PkiException(
                    "%s: cannot be read (%s). Fix: make it readable for the user of the server."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    private UserTable parse(byte[] content) {
        if (content.length == 0) {
            return UserTable.EMPTY;
        }
        try {
            return new UserFileParser(file)
                    .parse(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new UserFileException(List.of("%s:1:1: is not UTF-8. Fix: save it as UTF-8.".formatted(file)));
        }
    }

    private static String print(UserTable table) {
        StringBuilder text = new StringBuilder(256);
        text.append("# Users of this uatwin server. Change it with: uatwin users add|passwd|roles|remove\n");
        text.append(UserFileParser.VERSION_KEY).append(": 1\n");
        text.append(table.users().isEmpty() ? "users: []\n" : "users:\n");
        for (PasswordUser user : table.users()) {
            text.append("  - name: ").append(quoted(user.name())).append('\n');
            text.append("    password: ").append(quoted(user.bcrypt())).append('\n');
            text.append("    roles: ").append(roles(user.roles())).append('\n');
        }
        text.append(table.certificates().isEmpty() ? "certificates: []\n" : "certificates:\n");
        for (CertificateUser user : table.certificates()) {
            text.append("  - name: ").append(quoted(user.name())).append('\n');
            text.append("    thumbprint: ")
                    .append(quoted(user.thumbprint().hex()))
                    .append('\n');
            text.append("    roles: ").append(roles(user.roles())).append('\n');
        }
        return text.toString();
    }

    private static String roles(java.util.Set<Role> roles) {
        return roles.stream().map(Role::wellKnownName).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Single quotes: names hold neither quotes nor control characters, so nothing has to be escaped. */
    private static String quoted(String text) {
        return "'" + text + "'";
    }

    /** The content in a buffer, because buffers are compared by content. */
    private record Look(long nanos, ByteBuffer content, UserTable table) {}
}
