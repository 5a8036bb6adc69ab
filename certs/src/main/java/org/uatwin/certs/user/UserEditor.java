package org.uatwin.certs.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.certs.user.UserTable.CertificateUser;
import org.uatwin.certs.user.UserTable.PasswordUser;

/** Adds, changes and removes users in {@code users.yaml}. A running server sees the change within a second. */
public final class UserEditor {
    private final UserFile file;

    public UserEditor(UserFile file) {
        this.file = file;
    }

    /**
     * Adds a user with a password.
     *
     * @param password at least 8 characters, at most 72 bytes in UTF-8; not kept, the caller clears it.
     * @param roles at least one.
     */
    public void add(String name, char[] password, Set<Role> roles) {
        requireRoles(name, roles);
        if (!UserTable.isName(name)) {
            throw new PkiException("\"%s\": %s.".formatted(name, UserTable.nameRule()));
        }
        String hash = hash(name, password);
        file.edit(table -> {
            if (table.user(name).isPresent()) {
                throw new PkiException(
                        "%s: the user \"%s\" is there already. Fix: uatwin users passwd %s, or uatwin users roles %s --role ROLE."
                                .formatted(file.file(), name, name, name));
            }
            List<PasswordUser> users = new ArrayList<>(table.users());
            users.add(new PasswordUser(name, hash, roles));
            return new UserTable(users, table.certificates());
        });
    }

    public void changePassword(String name, char[] password) {
        requireUser(name);
        String hash = hash(name, password);
        replace(name, old -> new PasswordUser(name, hash, old.roles()));
    }

    public void setRoles(String name, Set<Role> roles) {
        requireRoles(name, roles);
        if (file.read().user(name).isPresent()) {
            replace(name, old -> new PasswordUser(name, old.bcrypt(), roles));
            return;
        }
        List<CertificateUser> named = certificatesNamed(name);
        if (named.isEmpty()) {
            throw unknown(name);
        }
        named.forEach(user -> setCertificate(name, user.thumbprint(), roles));
    }

    /** Gives the owner of a certificate a name and roles; replaces what was said of that certificate before. */
    public void setCertificate(String name, Thumbprint thumbprint, Set<Role> roles) {
        requireRoles(name, roles);
        if (!UserTable.isName(name)) {
            throw new PkiException("\"%s\": %s.".formatted(name, UserTable.nameRule()));
        }
        file.edit(table -> {
            List<CertificateUser> users = new ArrayList<>(table.certificates());
            users.removeIf(user -> user.thumbprint().equals(thumbprint));
            users.add(new CertificateUser(name, thumbprint, roles));
            return new UserTable(table.users(), users);
        });
    }

    /** Removes the user of that name, with password or certificate. */
    public void remove(String name) {
        file.edit(table -> {
            List<PasswordUser> users = new ArrayList<>(table.users());
            List<CertificateUser> certificates = new ArrayList<>(table.certificates());
            boolean removed = users.removeIf(user -> user.name().equals(name));
            removed |= certificates.removeIf(user -> user.name().equals(name));
            if (!removed) {
                throw unknown(name);
            }
            return new UserTable(users, certificates);
        });
    }

    private void replace(String name, java.util.function.UnaryOperator<PasswordUser> change) {
        file.edit(table -> {
            if (table.user(name).isEmpty()) {
                throw unknown(name);
            }
            return new UserTable(
                    table.users().stream()
                            .map(user -> user.name().equals(name) ? change.apply(user) : user)
                            .toList(),
                    table.certificates());
        });
    }

    private String hash(String name, char[] password) {
        byte[] utf8 = Passwords.utf8(password);
        try {
            Passwords.weakness(name, password, utf8).ifPresent(weakness -> {
                throw new PkiException("user \"%s\": %s. Fix: choose another one of %d or more characters."
                        .formatted(name, weakness, Passwords.MIN_LENGTH));
            });
            return Passwords.hash(utf8, Passwords.COST);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private List<CertificateUser> certificatesNamed(String name) {
        return file.read().certificates().stream()
                .filter(user -> user.name().equals(name))
                .toList();
    }

    private void requireUser(String name) {
        if (file.read().user(name).isEmpty()) {
            throw unknown(name);
        }
    }

    private static void requireRoles(String name, Set<Role> roles) {
        if (roles.isEmpty()) {
            throw new PkiException(
                    "user \"%s\": no role given. Fix: --role ROLE with one of %s.".formatted(name, Role.allNames()));
        }
    }

    private PkiException unknown(String name) {
        UserTable table = file.read();
        List<String> names = new ArrayList<>();
        table.users().forEach(user -> names.add(user.name()));
        table.certificates().forEach(user -> names.add(user.name()));
        return new PkiException("%s: there is no user \"%s\". Known: %s. Fix: uatwin users add %s --role ROLE."
                .formatted(file.file(), name, names.isEmpty() ? "none" : String.join(", ", names), name));
    }
}
