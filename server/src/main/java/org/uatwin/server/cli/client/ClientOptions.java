package org.uatwin.server.cli.client;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.DataOption;
import org.uatwin.server.cli.Exit;
import picocli.CommandLine.Option;

/** Where to connect, as whom and how securely. */
public final class ClientOptions {
    static final String DEFAULT_ENDPOINT = "opc.tcp://localhost:4840/uatwin";
    private static final String ENDPOINT_FILE = "endpoint";

    /** Security policies a user can ask for, by the names of Part 7. */
    enum Policy {
        None,
        Basic256Sha256,
        Aes128_Sha256_RsaOaep,
        Aes256_Sha256_RsaPss
    }

    @Option(
            names = {"-e", "--endpoint"},
            paramLabel = "URL",
            description = {
                "Endpoint of the server. Default: that of the server running on --data, else of the demo, else" + " "
                        + DEFAULT_ENDPOINT + "."
            })
    private @Nullable String endpoint;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory of the server on this machine to use.")
    private @Nullable Path data;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "Log on as this user. Default: anonymous.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            arity = "0..1",
            interactive = true,
            echo = false,
            prompt = "Password: ",
            description =
                    "Password of the user; asked for without echo when the text is left out. Other users of this machine"
                            + " can see a text given here: prefer the prompt or --password-file.")
    private char @Nullable [] password;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Read the password from the first line of this file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "Security policy: ${COMPLETION-CANDIDATES}. Default: the most secure one offered; on this machine"
                            + " None when the server does not trust this client yet.")
    private @Nullable Policy policy;

    @Option(
            names = "--pki",
            paramLabel = "DIR",
            description = "Certificate of this client and the servers it trusts. Default: ~/.uatwin/client-pki.")
    private @Nullable Path pki;

    @Option(
            names = "--trust-server",
            description =
                    "Trust the server's certificate from now on. Without it a server on this machine is trusted on first"
                            + " use, another one after a question.")
    private boolean trustServer;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Longest wait for one answer, 1..600. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 10;

    @Option(names = "--json", description = "Print as JSON, with times in UTC.")
    private boolean json;

    Optional<String> userName() {
        return Optional.ofNullable(user);
    }

    boolean isJson() {
        return json;
    }

    Optional<Policy> policy() {
        return Optional.ofNullable(policy);
    }

    boolean trustsServer() {
        return trustServer;
    }

    Path pki() {
        return pki != null ? pki : Path.of(System.getProperty("user.home", "."), ".uatwin", "client-pki");
    }

    Duration timeout() {
        if (timeoutSeconds < 1 || timeoutSeconds > 600) {
            throw new CliException(Exit.USAGE, "--timeout must be 1..600 seconds: " + timeoutSeconds);
        }
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** An endpoint and how it was found, for messages. */
    record Endpoint(String url, String origin) {}

    /**
     * The endpoint to use.
     *
     * @param given one among the command's parameters; it counts as {@code --endpoint}.
     */
    Endpoint endpoint(Optional<String> given) {
        if (given.isPresent()) {
            return new Endpoint(given.get(), "as given");
        }
        if (endpoint != null) {
            if (!endpoint.startsWith("opc.tcp://")) {
                throw new CliException(
                        Exit.USAGE, "--endpoint must look like %s: \"%s\"".formatted(DEFAULT_ENDPOINT, endpoint));
            }
            return new Endpoint(endpoint, "as given");
        }
        if (data != null) {
            Path directory = data;
            return fromFile(directory)
                    .orElseThrow(() -> new CliException(
                            Exit.NO_CONNECTION,
                            "no server runs on the data directory %s: it has no file \"%s\". Fix: start it, or name the endpoint with -e opc.tcp://..."
                                    .formatted(directory, ENDPOINT_FILE)));
        }
        return fromFile(new DataOption().directory())
                .or(() -> fromFile(DataOption.demoDirectory()))
                .orElse(new Endpoint(DEFAULT_ENDPOINT, "the default"));
    }

    private static Optional<Endpoint> fromFile(Path directory) {
        Path file = directory.resolve(ENDPOINT_FILE);
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return lines.stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("opc.tcp://"))
                    .findFirst()
                    .map(url -> new Endpoint(url, "from " + file));
        } catch (IOException e) {
            return Optional.empty(); // no server has run there
        }
    }

    /** A user with its password. */
    record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** Empty for an anonymous session. Asks on the console when a password is wanted and none was given. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on there always is one; without a terminal it reads null
    Optional<Credentials> credentials() {
        if (user == null) {
            if (password != null || passwordFile != null) {
                throw new CliException(Exit.USAGE, "a password without --user NAME.");
            }
            return Optional.empty();
        }
        if (password != null) {
            return Optional.of(new Credentials(user, new String(password)));
        }
        if (passwordFile != null) {
            try {
                List<String> lines = Files.readAllLines(passwordFile, StandardCharsets.UTF_8);
                return Optional.of(new Credentials(user, lines.isEmpty() ? "" : lines.get(0)));
            } catch (IOException e) {
                throw new CliException(
                        Exit.USAGE,
                        "%s cannot be read (%s)."
                                .formatted(passwordFile, e.getClass().getSimpleName()),
                        e);
            }
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw new CliException(
                    Exit.USAGE,
                    "--user needs a password, and there is no terminal to ask for it. Fix: --password-file FILE.");
        }
        return Optional.of(new Credentials(user, new String(typed)));
    }
}
