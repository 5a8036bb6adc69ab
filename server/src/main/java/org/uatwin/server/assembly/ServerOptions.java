package org.uatwin.server.assembly;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.uatwin.certs.user.UserDirectory;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.reload.PlantSource;

/**
 * How a server is started.
 *
 * @param dataDirectory see contracts section 6.
 * @param links makes the plant's links: by the adapters, or out of a recording.
 * @param plantClock the time live values and history are judged by; that of the recording in a replay.
 * @param demoUsers users that exist in memory only; empty outside the demo.
 * @param plantFile name of the plant file, for people; empty if there is none.
 * @param source where the plant can be read again; empty: it cannot be reloaded.
 */
public record ServerOptions(
        Path dataDirectory,
        List<UserDirectory.PlainUser> demoUsers,
        String plantFile,
        Optional<PlantSource> source,
        LinkOpener links,
        InstantSource plantClock) {
    /** With the adapters on the class path, now. */
    public ServerOptions(
            Path dataDirectory,
            List<UserDirectory.PlainUser> demoUsers,
            String plantFile,
            Optional<PlantSource> source) {
        this(dataDirectory, demoUsers, plantFile, source, Protocols.onClassPath(), InstantSource.system());
    }

    /** A server whose plant stands in no file. */
    public ServerOptions(Path dataDirectory, List<UserDirectory.PlainUser> demoUsers) {
        this(dataDirectory, demoUsers, "", Optional.empty());
    }

    /** The same with links made in another way. */
    public ServerOptions withLinks(LinkOpener other) {
        return withLinks(other, plantClock);
    }

    /** The same with links made in another way, and a plant that lives in another time. */
    public ServerOptions withLinks(LinkOpener other, InstantSource clock) {
        return new ServerOptions(dataDirectory, demoUsers, plantFile, source, other, clock);
    }

    /** Whether the plant lives in our time; what happens in another leaves no history on disk. */
    boolean isOfThePresent() {
        return plantClock.equals(InstantSource.system());
    }

    public ServerOptions {
        demoUsers = List.copyOf(demoUsers);
    }
}
