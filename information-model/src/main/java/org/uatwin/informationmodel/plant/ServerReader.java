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
                history(s),
                s.integer("maxConnections"),
                synchronisation(s));
    }

    private static Duration synchronisation(Section s) {
        Duration period = s.duration("synchronisation");
        if (!period.isZero() && period.toMillis() < SHORTEST_MS) {
            s.error("synchronisation", "a step of %d ms is too short".formatted(period.toMillis()))
                    .fix("write 100 ms or more, or 0 s to switch it off.");
        }
        return period;
    }

    private static HistorySettings history(Section s) {
        Duration inMemory = s.duration("historyInMemory");
        String place = s.has("history") || !s.has("historyInMemory") ? s.choice("history") : "memory";
        boolean isMemory = place.equals("memory");
        if (!isMemory && s.has("historyInMemory")) {
            s.error(
                            "historyInMemory",
                            "history is kept %s, not in memory".formatted(place.equals("disk") ? "on disk" : "nowhere"))
                    .fix("remove this line, or write history: memory.");
        }
        for (String key : List.of("historyRetention", "historyGigabytes")) {
            if (!place.equals("disk") && s.has(key)) {
                s.error(key, "history is not kept on disk").fix("remove this line, or write history: disk.");
            }
        }
        return new HistorySettings(
                place(place, isMemory && inMemory.isZero()),
                inMemory.isZero() ? HistorySettings.DEFAULT.inMemory() : inMemory,
                s.duration("historyRetention"),
                gigabytes(s));
    }

    private static double gigabytes(Section s) {
        Keys.Key key = Keys.SERVER.get("historyGigabytes");
        double given = s.number(key.name()).orElse(HistorySettings.DEFAULT.gigabytes());
        if (given >= key.low() && given <= key.high()) {
            return given;
        }
        s.error(key.name(), "%s must be %s to %.0f: %s".formatted(key.name(), key.low(), key.high(), given))
                .fix("write how many GB the history may take, without unit.");
        return HistorySettings.DEFAULT.gigabytes();
    }

    private static HistorySettings.Place place(String name, boolean isNothing) {
        return switch (name) {
            case "memory" -> isNothing ? HistorySettings.Place.NONE : HistorySettings.Place.MEMORY;
            case "none" -> HistorySettings.Place.NONE;
            default -> HistorySettings.Place.DISK;
        };
    }
}
