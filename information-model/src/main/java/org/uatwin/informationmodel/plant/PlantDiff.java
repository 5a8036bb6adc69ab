package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.informationmodel.type.TwinType;

/**
 * What differs between two readings of a plant: the plan of a reload, and what people are told about it. Twins of links and
 * devices are left out; {@link #connections} speaks of them.
 *
 * @param added twins that are new.
 * @param removed twins that are gone and have no successor by alias.
 * @param changed twins of which the file says something else now, renamed ones included.
 * @param connections names of connections that are new, gone or changed.
 * @param isMaintenanceChanged whether crews, calendars or costs of the plant are others.
 * @param types types of the file that are new, gone or changed, by name.
 * @param restart settings that a running server cannot take over; it keeps the old ones.
 */
public record PlantDiff(
        List<Twin> added,
        List<Twin> removed,
        List<Changed> changed,
        Set<String> connections,
        boolean isMaintenanceChanged,
        List<TypeChange> types,
        List<String> restart) {
    /** A twin before and after; the ids differ if it was renamed. */
    public record Changed(Twin before, Twin after) {
        public boolean isRenamed() {
            return !before.id().equals(after.id());
        }
    }

    public PlantDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        connections = Set.copyOf(connections);
        types = List.copyOf(types);
        restart = List.copyOf(restart);
    }

    /** What leads from {@code before} to {@code after}, two plants of the same site. */
    public static PlantDiff between(Plant before, Plant after) {
        List<Twin> added = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        Set<String> continued = new HashSet<>();
        for (Twin twin : after.twins()) {
            Optional<Twin> old = predecessor(before, after, twin);
            if (old.isEmpty()) {
                added.add(twin);
                continue;
            }
            continued.add(old.get().id());
            if (!old.get().equals(twin)) {
                changed.add(new Changed(old.get(), twin));
            }
        }
        List<Twin> removed = before.twins().stream()
                .filter(twin -> !continued.contains(twin.id()))
                .toList();
        return new PlantDiff(
                added,
                removed,
                changed,
                connections(before, after),
                !before.maintenance().equals(after.maintenance()),
                types(before, after),
                restart(before, after));
    }

    /**
     * The twin of {@code before} that {@code twin} continues: the one of its id, else the first that one of its aliases
     * names and that has no id of its own any more.
     */
    public static Optional<Twin> predecessor(Plant before, Plant after, Twin twin) {
        Optional<Twin> same = before.twin(twin.id()).filter(old -> old.id().equals(twin.id()));
        if (same.isPresent()) {
            return same;
        }
        for (String alias : twin.aliases()) {
            Optional<Twin> old = before.twin(alias).filter(former -> isGone(after, former, twin));
            if (old.isPresent()) {
                return old;
            }
        }
        return Optional.empty();
    }

    private static boolean isGone(Plant after, Twin former, Twin successor) {
        return !former.id().equals(successor.id())
                && after.twin(former.id()).map(Twin::id).equals(Optional.of(successor.id()));
    }

    private static Set<String> connections(Plant before, Plant after) {
        Map<String, Connection> old = new HashMap<>();
        before.connections().forEach(connection -> old.put(connection.name(), connection));
        Set<String> names = new HashSet<>();
        for (Connection connection : after.connections()) {
            if (!connection.equals(old.remove(connection.name()))) {
                names.add(connection.name());
            }
        }
        names.addAll(old.keySet());
        return names;
    }

    private static List<TypeChange> types(Plant before, Plant after) {
        Map<String, TwinType> old = new LinkedHashMap<>();
        before.ownTypes().forEach(type -> old.put(type.name(), type));
        List<TypeChange> changes = new ArrayList<>();
        for (TwinType type : after.ownTypes()) {
            TwinType earlier = old.remove(type.name());
            if (earlier == null || !earlier.equals(type)) {
                changes.add(new TypeChange(Optional.ofNullable(earlier), Optional.of(type)));
            }
        }
        old.values().forEach(type -> changes.add(new TypeChange(Optional.of(type), Optional.empty())));
        return changes;
    }

    private static List<String> restart(Plant before, Plant after) {
        ServerSettings old = before.server();
        ServerSettings now = after.server();
        List<String> texts = new ArrayList<>();
        setting(texts, "host", old.host(), now.host());
        setting(texts, "port", old.port(), now.port());
        setting(texts, "path", old.path(), now.path());
        setting(texts, "securityNone", old.allowsNone(), now.allowsNone());
        setting(
                texts,
                "anonymous",
                old.anonymousRole().orElse("nobody"),
                now.anonymousRole().orElse("nobody"));
        setting(
                texts,
                "applicationUri",
                old.applicationUri().orElse("the server's own"),
                now.applicationUri().orElse("the server's own"));
        setting(texts, "locales", old.locales(), now.locales());
        setting(texts, "history", old.history(), now.history());
        setting(texts, "maxConnections", old.maxConnections(), now.maxConnections());
        setting(
                texts,
                "synchronisation",
                old.synchronisation().toMillis() + " ms",
                now.synchronisation().toMillis() + " ms");
        setting(texts, "runsKept", old.runs().kept(), now.runs().kept());
        setting(
                texts,
                "runsKeptFor",
                old.runs().keptFor().toSeconds() + " s",
                now.runs().keptFor().toSeconds() + " s");
        setting(texts, "runsMegabytes", old.runs().megabytes(), now.runs().megabytes());
        return texts;
    }

    private static void setting(List<String> texts, String key, Object before, Object after) {
        if (!before.equals(after)) {
            texts.add("server.%s is %s and stays so until the server is restarted; the file says %s now"
                    .formatted(key, before, after));
        }
    }

    /** Whether there is nothing a running server would have to do. */
    public boolean isEmpty() {
        return added.isEmpty()
                && removed.isEmpty()
                && changed.isEmpty()
                && connections.isEmpty()
                && !isMaintenanceChanged
                && types.isEmpty();
    }

    /** What clients may trip over, and what a restart is needed for, one line each. */
    public List<String> warnings() {
        List<String> lines = new ArrayList<>();
        types.forEach(type -> lines.addAll(type.breaking()));
        lines.addAll(restart);
        return lines;
    }
}
