package org.uatwin.certs.user;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.certs.user.UserTable.CertificateUser;
import org.uatwin.certs.user.UserTable.PasswordUser;

/**
 * Reads the text of a {@code users.yaml} and reports every problem at its place. One parser reads one text, on one thread.
 *
 * <p>The text must begin with {@code uatwin-users: 1}; unknown keys are errors, because a misspelt {@code roles} must not
 * silently give nobody, or everybody, a role. Messages never repeat a hash.
 */
final class UserFileParser {
    static final String VERSION_KEY = "uatwin-users";
    private static final int MAX_CHARACTERS = 1_000_000;

    private final Path file;
    private final List<String> problems = new ArrayList<>();

    UserFileParser(Path file) {
        this.file = file;
    }

    /**
     * @throws UserFileException with all problems.
     */
    UserTable parse(String text) {
        UserTable table = UserTable.EMPTY;
        try {
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setLabel(file.toString())
                            .setCodePointLimit(MAX_CHARACTERS)
                            .build())
                    .composeString(text);
            table = root.map(this::document).orElse(UserTable.EMPTY);
        } catch (MarkedYamlEngineException e) {
            problem(
                    e.getProblemMark().orElse(null),
                    "not valid YAML: " + e.getProblem() + ". Fix: check the indentation and the quotes here");
        } catch (YamlEngineException e) {
            problem((Mark) null, "not valid YAML: " + e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new UserFileException(problems);
        }
        return table;
    }

    private UserTable document(Node root) {
        Map<String, Node> keys = mapping(root, Set.of(VERSION_KEY, "users", "certificates"), "the file");
        Node version = keys.get(VERSION_KEY);
        if (version == null) {
            problem(root, "the version is missing. Fix: begin the file with \"%s: 1\"".formatted(VERSION_KEY));
        } else if (!scalar(version, VERSION_KEY).orElse("").equals("1")) {
            problem(version, "%s must be 1: this program knows no other version".formatted(VERSION_KEY));
        }
        Set<String> seen = new HashSet<>();
        List<PasswordUser> users = new ArrayList<>();
        for (Node item : list(keys.get("users"), "users")) {
            passwordUser(item, seen).ifPresent(users::add);
        }
        seen.clear();
        List<CertificateUser> certificates = new ArrayList<>();
        for (Node item : list(keys.get("certificates"), "certificates")) {
            certificateUser(item, seen).ifPresent(certificates::add);
        }
        return problems.isEmpty() ? new UserTable(users, certificates) : UserTable.EMPTY;
    }

    private Optional<PasswordUser> passwordUser(Node item, Set<String> seen) {
        Map<String, Node> keys = mapping(item, Set.of("name", "password", "roles"), "a user");
        Optional<String> name = name(item, keys);
        name.filter(n -> !seen.add(n))
                .ifPresent(n ->
                        problem(keys.get("name"), "the user \"%s\" is listed twice. Fix: remove one".formatted(n)));
        Optional<String> hash = required(item, keys, "password").filter(text -> {
            if (Passwords.isHash(text)
                    && Passwords.cost(text) >= Passwords.MIN_COST
                    && Passwords.cost(text) <= Passwords.MAX_COST) {
                return true;
            }
            problem(
                    keys.get("password"),
                    "password must be a bcrypt hash ($2b$...) of cost %d..%d, never the password itself. Fix: uatwin users passwd %s"
                            .formatted(Passwords.MIN_COST, Passwords.MAX_COST, name.orElse("NAME")));
            return false;
        });
        Set<Role> roles = roles(item, keys);
        return name.isPresent() && hash.isPresent() && problems.isEmpty()
                ? Optional.of(new PasswordUser(name.get(), hash.get(), roles))
                : Optional.empty();
    }

    private Optional<CertificateUser> certificateUser(Node item, Set<String> seen) {
        Map<String, Node> keys = mapping(item, Set.of("name", "thumbprint", "roles"), "a certificate user");
        Optional<String> name = name(item, keys);
        Optional<Thumbprint> thumbprint = required(item, keys, "thumbprint").flatMap(text -> {
            String digits = Thumbprint.digitsOf(text);
            if (digits.matches("[0-9A-F]{40}")) {
                return Optional.of(new Thumbprint(digits));
            }
            problem(
                    keys.get("thumbprint"),
                    "thumbprint must be 40 hexadecimal digits, \"%s\" has %d characters. Fix: copy it from: uatwin certs list"
                            .formatted(text, text.length()));
            return Optional.empty();
        });
        thumbprint
                .filter(t -> !seen.add(t.hex()))
                .ifPresent(t -> problem(keys.get("thumbprint"), "the certificate is listed twice. Fix: remove one"));
        Set<Role> roles = roles(item, keys);
        return name.isPresent() && thumbprint.isPresent() && problems.isEmpty()
                ? Optional.of(new CertificateUser(name.get(), thumbprint.get(), roles))
                : Optional.empty();
    }

    private Optional<String> name(Node item, Map<String, Node> keys) {
        return required(item, keys, "name").filter(text -> {
            if (!UserTable.isName(text)) {
                problem(keys.get("name"), UserTable.nameRule());
            }
            return UserTable.isName(text);
        });
    }

    private Set<Role> roles(Node item, Map<String, Node> keys) {
        Set<Role> roles = new LinkedHashSet<>();
        if (!keys.containsKey("roles")) {
            problem(item, "roles are missing. Fix: add \"roles: [Observer]\"; known are " + Role.allNames());
        }
        for (Node node : list(keys.get("roles"), "roles")) {
            scalar(node, "a role").ifPresent(text -> Role.named(text)
                    .ifPresentOrElse(
                            roles::add,
                            () -> problem(
                                    node, "unknown role \"%s\". Fix: use one of %s".formatted(text, Role.allNames()))));
        }
        return roles;
    }

    private Optional<String> required(Node item, Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        if (node == null) {
            problem(item, "%s is missing here".formatted(key));
            return Optional.empty();
        }
        return scalar(node, key);
    }

    private Optional<String> scalar(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problem(node, "%s must be a single text".formatted(what));
        return Optional.empty();
    }

    private List<Node> list(@Nullable Node node, String what) {
        if (node == null
                || (node instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
            return List.of(); // "users:" with nothing behind it
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(node, "%s must be a list".formatted(what));
        return List.of();
    }

    private Map<String, Node> mapping(Node node, Set<String> known, String what) {
        Map<String, Node> keys = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, "%s must consist of \"key: value\" lines".formatted(what));
            return keys;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode(), "a key").orElse("");
            if (!known.contains(key)) {
                problem(
                        tuple.getKeyNode(),
                        "unknown key \"%s\" in %s. Fix: known are %s"
                                .formatted(key, what, known.stream().sorted().toList()));
            } else if (keys.put(key, tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "the key \"%s\" is there twice. Fix: remove one".formatted(key));
            }
        }
        return keys;
    }

    private void problem(@Nullable Node node, String text) {
        problem(node == null ? null : node.getStartMark().orElse(null), text);
    }

    private void problem(@Nullable Mark mark, String text) {
        String place = mark == null ? "1:1" : (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
        problems.add("%s:%s: %s".formatted(file, place, text));
    }
}
