package org.uatwin.informationmodel.plant;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code server:}. */
final class ServerReader {
    private static final long SHORTEST_MS = 100;

    private ServerReader() {}

    static ServerSettings read(Section root) {
        Optional<Section> found = root.section("server");
        if (found.isEmpty()) {
            return ServerSettings.DEFAULT;
        }
        Section s = found.get();
        String host = s.text("host", ServerSettings.DEFAULT.host());
        if (host.isBlank() || host.contains("/") || host.contains(" ")) {
            s.error("host", "\"%s\" is no host name or address".formatted(host))
                    .fix("write the name or address alone, without protocol, port or path.");
        }
        String path = s.text("path", ServerSettings.DEFAULT.path());
        if (!path.matches("/[A-Za-z0-9._~/-]*")) {
            s.error("path", "\"%s\" is no path".formatted(path)).fix("write for example path: /uatwin.");
        }
        Optional<String> uri = s.text("applicationUri");
        if (uri.isPresent() && !uri.get().matches("[a-zA-Z][a-zA-Z0-9+.-]*:\\S+")) {
            s.error("applicationUri", "\"%s\" is no URI".formatted(uri.get()))
                    .fix("remove it, or write for example urn:example:uatwin:line-1.");
        }
        String role = s.choice("anonymous");
        if (!role.isEmpty() && !role.equals("Observer")) {
            s.warning("anonymous", "sessions without a user get the role %s".formatted(role))
                    .detail("Everyone who reaches the port can then write or configure.")
                    .fix("use Observer, and users for everything else.");
        }
        List<String> locales = s.texts("locales");
        for (String locale : locales) {
            if (Locale.forLanguageTag(locale).toLanguageTag().equals("und")) {
                s.error("locales", "\"%s\" is no language".formatted(locale)).fix("write for example [en, de].");
            }
        }
        return new ServerSettings(
                host,
                s.integer("port"),
                path,
                s.bool("securityNone"),
                role.isEmpty() ? Optional.empty() : Optional.of(role),
                uri,
                locales.isEmpty() ? ServerSettings.DEFAULT.locales() : locales,
                s.duration("historyInMemory"),
                s.integer("maxConnections"),
                synchronisation(s),
                new RunSettings(s.integer("runsKept"), s.duration("runsKeptFor"), s.integer("runsMegabytes")));
    }

    private static Duration synchronisation(Section s) {
        Duration period = s.duration("synchronisation");
        if (!period.isZero() && period.toMillis() < SHORTEST_MS) {
            s.error("synchronisation", "a step of %d ms is too short".formatted(period.toMillis()))
                    .fix("write 100 ms or more, or 0 s to switch it off.");
        }
        return period;
    }
}
