package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.certs.admin.UserAdmin;
import org.uatwin.certs.admin.UserAdmin.UserRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin users}: who may log on, and with which roles. A running server sees changes within a second. */
@Command(
        name = "users",
        description = "Who may log on, and with which roles; a running server sees changes within a second.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Roles: Observer, Operator, Engineer, Supervisor, ConfigureAdmin, SecurityAdmin.",
            "Exit codes: 0 done, 1 refused (no such user, unknown role, weak password), 2 wrong usage."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class UsersCommand implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: add, passwd, roles, remove or list");
    }

    @Command(name = "add", description = "Add a user with a password, or name the owner of a certificate.")
    int add(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Parameters(index = "0", paramLabel = "NAME", description = "Name to log on with.") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            split = ",",
                            description = "Role to give; may be repeated.")
                    List<String> roles,
            @Option(
                            names = "--certificate",
                            paramLabel = "THUMBPRINT",
                            description = "The user logs on with this certificate, not with a password.")
                    @Nullable
                    String certificate,
            @Option(names = "--password-stdin", description = "Read the password from standard input.")
                    boolean isFromStdin,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        UserAdmin users = new UserAdmin(data.directory());
        if (certificate != null) {
            return print(users.addCertificate(name, certificate, roles), isJson);
        }
        char[] password = SecretPrompt.newPassword(name, isFromStdin, System.in);
        try {
            return print(users.add(name, password, roles), isJson);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    @Command(name = "passwd", description = "Change the password of a user.")
    int passwd(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Parameters(index = "0", paramLabel = "NAME", description = "Name of the user.") String name,
            @Option(names = "--password-stdin", description = "Read the password from standard input.")
                    boolean isFromStdin,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        UserAdmin users = new UserAdmin(data.existing());
        char[] password = SecretPrompt.newPassword(name, isFromStdin, System.in);
        try {
            return print(users.passwd(name, password), isJson);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    @Command(name = "roles", description = "Replace the roles of a user; without --role show them.")
    int roles(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Parameters(index = "0", paramLabel = "NAME", description = "Name of the user.") String name,
            @Option(names = "--role", paramLabel = "ROLE", split = ",", description = "Role to give; may be repeated.")
                    @Nullable
                    List<String> roles,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        UserAdmin users = new UserAdmin(data.existing());
        if (roles != null) {
            return print(users.setRoles(name, roles), isJson);
        }
        return print(
                users.list().stream()
                        .filter(row -> row.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new CliException(
                                Exit.FAILED,
                                "there is no user \"%s\". Fix: uatwin users list shows them all.".formatted(name))),
                isJson);
    }

    @Command(name = "remove", description = "Remove a user; open sessions of it lose their rights.")
    int remove(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Parameters(index = "0", paramLabel = "NAME", description = "Name of the user.") String name,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        new UserAdmin(data.existing()).remove(name);
        PrintWriter out = spec.commandLine().getOut();
        out.println(isJson ? Json.pretty(Map.of("removed", name)) : "removed " + name);
        return Exit.OK;
    }

    @Command(name = "list", description = "Show all users with their roles, never a password or its hash.")
    int list(
            @Mixin CommonOptions help,
            @Mixin DataOption data,
            @Option(names = "--json", description = "Print as JSON.") boolean isJson) {
        Logging.forTool(help.isDebug());
        return print(new UserAdmin(data.existing()).list(), isJson);
    }

    private int print(UserRow row, boolean isJson) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(Json.pretty(row));
        } else {
            out.println("%s: %s%s"
                    .formatted(
                            row.name(),
                            String.join(", ", row.roles()),
                            row.thumbprint().isEmpty() ? "" : ", certificate " + row.thumbprint()));
        }
        return Exit.OK;
    }

    private int print(List<UserRow> rows, boolean isJson) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(Json.pretty(new ArrayList<>(rows)));
            return Exit.OK;
        }
        if (rows.isEmpty()) {
            out.println("no users yet: uatwin users add NAME --role Operator");
            return Exit.OK;
        }
        Table table = Table.of("NAME", "LOGON", "ROLES", "CERTIFICATE");
        rows.forEach(row -> table.row(row.name(), row.kind(), String.join(", ", row.roles()), row.thumbprint()));
        table.print(out);
        return Exit.OK;
    }
}
