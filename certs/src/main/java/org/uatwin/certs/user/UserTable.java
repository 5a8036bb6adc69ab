package org.uatwin.certs.user;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.uatwin.certs.store.Thumbprint;

/** All users at one moment. Immutable; names and thumbprints are unique. */
public record UserTable(List<PasswordUser> users, List<CertificateUser> certificates) {
    static final UserTable EMPTY = new UserTable(List.of(), List.of());

    /** Letters, digits and what appears in account names of companies. No control characters: names go into logs. */
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._@\\\\-]{0,62}[\\p{L}\\p{N}._@-])?");

    public UserTable {
        users = List.copyOf(users);
        certificates = List.copyOf(certificates);
        if (users.stream().map(PasswordUser::name).distinct().count() != users.size()) {
            throw new IllegalArgumentException("two users have the same name");
        }
        if (certificates.stream().map(CertificateUser::thumbprint).distinct().count() != certificates.size()) {
            throw new IllegalArgumentException("two certificate users have the same thumbprint");
        }
    }

    Optional<PasswordUser> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    Optional<CertificateUser> certificate(Thumbprint thumbprint) {
        return certificates.stream()
                .filter(user -> user.thumbprint().equals(thumbprint))
                .findFirst();
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static String nameRule() {
        return "a user name has 1..64 letters, digits, blanks or . _ @ - \\, and starts with a letter or digit";
    }

    /** A user with a password. Names are compared exactly. {@code toString} hides the hash. */
    public record PasswordUser(String name, String bcrypt, Set<Role> roles) {
        public PasswordUser {
            if (!isName(name)) {
                throw new IllegalArgumentException(nameRule() + ": \"" + name + "\"");
            }
            if (!Passwords.isHash(bcrypt)) {
                throw new IllegalArgumentException("not a bcrypt hash for user " + name);
            }
            roles = ordered(roles);
        }

        @Override
        public String toString() {
            return "PasswordUser[" + name + ", " + roles + "]";
        }
    }

    /** A user with a certificate, which also has to lie in the trusted folder for users. */
    public record CertificateUser(String name, Thumbprint thumbprint, Set<Role> roles) {
        public CertificateUser {
            if (!isName(name)) {
                throw new IllegalArgumentException(nameRule() + ": \"" + name + "\"");
            }
            roles = ordered(roles);
        }
    }

    private static Set<Role> ordered(Set<Role> roles) {
        LinkedHashSet<Role> sorted = new LinkedHashSet<>();
        roles.stream().sorted().forEach(sorted::add);
        return java.util.Collections.unmodifiableSet(sorted);
    }
}
