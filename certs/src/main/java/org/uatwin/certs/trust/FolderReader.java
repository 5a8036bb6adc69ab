package org.uatwin.certs.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.certs.PkiException;

/**
 * Reads the files of one folder and remembers them by stamp, so that a second look costs a directory listing.
 *
 * <p>Not thread-safe: guarded by the lock of its {@link TrustStore}.
 */
final class FolderReader<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FolderReader.class);

    private final Path folder;
    private final Set<String> endings;
    private final Function<Path, List<T>> parser;
    private Map<Path, Entry<T>> entries = Map.of();

    FolderReader(Path folder, Set<String> endings, Function<Path, List<T>> parser) {
        this.folder = folder;
        this.endings = endings;
        this.parser = parser;
    }

    /** Looks at the folder. Answers whether anything changed since the last look. */
    boolean refresh() {
        Map<Path, Entry<T>> now = new HashMap<>();
        boolean changed = false;
        for (Path file : files()) {
            Stamp stamp = stamp(file);
            if (stamp == null) {
                continue; // deleted since the listing
            }
            Entry<T> known = entries.get(file);
            if (known != null && known.stamp.equals(stamp)) {
                now.put(file, known);
            } else {
                now.put(file, read(file, stamp));
                changed = true;
            }
        }
        changed |= now.size() != entries.size();
        entries = now;
        return changed;
    }

    /** What was read, ordered by file name. */
    List<Item<T>> items() {
        List<Item<T>> all = new ArrayList<>();
        entries.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> entry.getValue()
                .items
                .forEach(item -> all.add(new Item<>(entry.getKey(), entry.getValue().stamp.modified, item))));
        return all;
    }

    List<String> problems() {
        return entries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().problem)
                .filter(Objects::nonNull)
                .toList();
    }

    private Entry<T> read(Path file, Stamp stamp) {
        String name = file.getFileName().toString();
        String problem;
        if (endings.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
            try {
                return new Entry<>(stamp, parser.apply(file), null);
            } catch (PkiException e) {
                problem = String.valueOf(e.getMessage());
            }
        } else {
            problem = "%s: ignored because of its ending. Fix: rename it to end with one of %s, or move it away."
                    .formatted(file, endings.stream().sorted().toList());
        }
        LOG.warn(problem); // once per stamp: the entry is remembered
        return new Entry<>(stamp, List.of(), problem);
    }

    private List<Path> files() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of(); // not made yet, or taken away: nothing is trusted
        } catch (IOException e) {
            throw new PkiException(
                    "%s: cannot be listed (%s). Fix: make it readable for the user of the server."
                            .formatted(folder, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static @Nullable Stamp stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? new Stamp(attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    record Item<T>(Path file, FileTime modified, T value) {}

    private record Stamp(long size, FileTime modified, String fileKey) {}

    private record Entry<T>(Stamp stamp, List<T> items, @Nullable String problem) {}
}
