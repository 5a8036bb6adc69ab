package org.uatwin.server.assembly;

import java.nio.file.Path;
import java.util.List;
import org.uatwin.certs.user.UserDirectory;

/**
 * How a server is started.
 *
 * @param dataDirectory see contracts section 6.
 * @param demoUsers users that exist in memory only; empty outside the demo.
 */
public record ServerOptions(Path dataDirectory, List<UserDirectory.PlainUser> demoUsers) {
    public ServerOptions {
        demoUsers = List.copyOf(demoUsers);
    }
}
