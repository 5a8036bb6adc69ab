package org.uatwin.server.assembly;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.uatwin.certs.user.UserDirectory;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.Protocols;

/**
 * How a server is started.
 *
 * @param dataDirectory see contracts section 6.
 * @param links makes the plant's links: by the adapters, or out of a recording.
 * @param plantClock the time live values and history are judged by; that of the recording in a replay.
 * @param demoUsers users that exist in memory only; empty outside the demo.
 */
public record ServerOptions(
        Path dataDirectory, List<UserDirectory.PlainUser> demoUsers, LinkOpener links, InstantSource plantClock) {
    /** With the adapters on the class path, now. */
    public ServerOptions(Path dataDirectory, List<UserDirectory.PlainUser> demoUsers) {
        this(dataDirectory, demoUsers, Protocols.onClassPath(), InstantSource.system());
    }

    /** The same with links made in another way. */
    public ServerOptions withLinks(LinkOpener other) {
        return new ServerOptions(dataDirectory, demoUsers, other, plantClock);
    }

    public ServerOptions {
        demoUsers = List.copyOf(demoUsers);
    }
}
