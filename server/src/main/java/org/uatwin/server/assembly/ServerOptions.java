package org.uatwin.server.assembly;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.uatwin.certs.user.UserDirectory;

/**
 * How a server is started.
 *
 * @param dataDirectory see contracts section 6.
 * @param demoUsers users that exist in memory only; empty outside the demo.
 * @param source where the plant can be read again; empty: it cannot be reloaded.
 */
public record ServerOptions(
        Path dataDirectory, List<UserDirectory.PlainUser> demoUsers, Optional<PlantSource> source) {
    public ServerOptions(Path dataDirectory, List<UserDirectory.PlainUser> demoUsers) {
        this(dataDirectory, demoUsers, Optional.empty());
    }

    public ServerOptions {
        demoUsers = List.copyOf(demoUsers);
    }
}
