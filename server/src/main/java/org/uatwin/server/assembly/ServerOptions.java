package org.uatwin.server.assembly;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.uatwin.certs.user.UserDirectory;
import org.uatwin.server.reload.PlantSource;

/**
 * How a server is started.
 *
 * @param dataDirectory see contracts section 6.
 * @param demoUsers users that exist in memory only; empty outside the demo.
 * @param plantFile name of the plant file, for people; empty if there is none.
 * @param source where the plant can be read again; empty: it cannot be reloaded.
 */
public record ServerOptions(
        Path dataDirectory, List<UserDirectory.PlainUser> demoUsers, String plantFile, Optional<PlantSource> source) {
    /** A server whose plant stands in no file. */
    public ServerOptions(Path dataDirectory, List<UserDirectory.PlainUser> demoUsers) {
        this(dataDirectory, demoUsers, "", Optional.empty());
    }

    public ServerOptions {
        demoUsers = List.copyOf(demoUsers);
    }
}
