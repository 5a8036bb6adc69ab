package org.uatwin.certs.admin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserEditor;
import org.uatwin.certs.user.UserFile;
import org.uatwin.certs.user.UserTable;

/** {@code uatwin users add|passwd|roles|list|remove}. Roles are given by their well-known names. */
public final class UserAdmin {
    private final UserFile file;
    private final UserEditor editor;

    /** Works on {@code users.yaml} of a data directory. */
    public UserAdmin(Path dataDirectory) {
        this.file = new UserFile(dataDirectory.resolve("users.yaml"), System::nanoTime);
        this.editor = new UserEditor(file);
    }

    /** The password is not kept; the caller clears it. */
    public UserRow add(String name, char[] password, Collection<String> roles) {
        editor.add(name, password, parse(roles));
        return row(name, "password");
    }

    /** Names the owner of a certificate and gives roles; the certificate itself is trusted by {@link CertificateAdmin}. */
    public UserRow addCertificate(String name, String thumbprint, Collection<String> roles) {
        String digits = Thumbprint.digitsOf(thumbprint);
        if (!digits.matches("[0-9A-F]{40}")) {
            throw new PkiException(
                    "\"%s\": a thumbprint has 40 hexadecimal digits. Fix: copy it from: uatwin certs list."
                            .formatted(thumbprint));
        }
        editor.setCertificate(name, new Thumbprint(digits), parse(roles));
        return row(name, "certificate");
    }

    public UserRow passwd(String name, char[] password) {
        editor.changePassword(name, password);
        return row(name, "password");
    }

    public UserRow setRoles(String name, Collection<String> roles) {
        editor.setRoles(name, parse(roles));
        return row(name, "");
    }

    public void remove(String name) {
        editor.remove(name);
    }

    /** Users with a password, then users with a certificate, in the order of the file. Shows no hash. */
    public List<UserRow> list() {
        UserTable table = file.read();
        List<UserRow> rows = new ArrayList<>();
        table.users().forEach(user -> rows.add(new UserRow(user.name(), "password", names(user.roles()), "")));
        table.certificates()
                .forEach(user -> rows.add(new UserRow(
                        user.name(),
                        "certificate",
                        names(user.roles()),
                        user.thumbprint().hex())));
        return List.copyOf(rows);
    }

    /** @param kind empty for any. */
    private UserRow row(String name, String kind) {
        return list().stream()
                .filter(row -> row.name().equals(name) && row.kind().contains(kind))
                .findFirst()
                .orElseThrow(() ->
                        new PkiException("%s: the user \"%s\" was removed meanwhile.".formatted(file.file(), name)));
    }

    private static List<String> names(Set<Role> roles) {
        return roles.stream().map(Role::wellKnownName).toList();
    }

    private static Set<Role> parse(Collection<String> names) {
        Set<Role> roles = new LinkedHashSet<>();
        for (String name : names) {
            roles.add(Role.named(name)
                    .orElseThrow(() -> new PkiException(
                            "\"%s\": unknown role. Fix: use one of %s.".formatted(name, Role.allNames()))));
        }
        return roles;
    }

    /**
     * One user in a listing.
     *
     * @param kind {@code password} or {@code certificate}.
     * @param thumbprint empty for a user with a password.
     */
    public record UserRow(String name, String kind, List<String> roles, String thumbprint) {
        public UserRow {
            roles = List.copyOf(roles);
        }
    }
}
