package org.uatwin.server.types;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * {@code namespaces.json}: one row a namespace with its index, and a check word over all rows so that a reordered or
 * edited table is noticed. Replaced as a whole: temporary file, fsync, atomic rename.
 */
final class NamespacesFile {

    static final String NAME = "namespaces.json";

    private static final int FORMAT = 1;
    private static final String FIX = " Fix: restore the file from a backup; NodeIds stored by clients depend on it."
            + " Only if no client has ever used this server, delete the file to start over.";
    private static final String ROW =
            "\\{\\s*+\"index\"\\s*+:\\s*+(\\d{1,5})\\s*+,\\s*+\"uri\"\\s*+:\\s*+\"([^\"\\\\]++)\"\\s*+\\}";
    private static final Pattern ROWS = Pattern.compile(ROW);
    private static final Pattern FILE =
            Pattern.compile("\\s*+\\{\\s*+\"format\"\\s*+:\\s*+(\\d{1,9})\\s*+,\\s*+\"namespaces\"\\s*+:\\s*+"
                    + "\\[\\s*+((?:[^\\[\\]])++)\\]\\s*+,\\s*+\"check\"\\s*+:\\s*+\"([0-9a-f]{8})\"\\s*+\\}\\s*+");
    private static final Pattern ROW_LIST =
            Pattern.compile(ROW.replace("(", "(?:") + "(?:\\s*+,\\s*+" + ROW.replace("(", "(?:") + ")*+\\s*+");

    private final Path directory;
    private final Path path;

    NamespacesFile(Path directory) {
        this.directory = directory;
        path = directory.resolve(NAME);
    }

    /** The URIs by index; empty if there is no file yet. */
    List<String> read() {
        String text;
        try {
            if (!Files.exists(path)) {
                return List.of();
            }
            text = Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new NamespacesFileException(
                    "%s cannot be read: %s. Fix: check its permissions.".formatted(path, e), e);
        }
        Matcher whole = FILE.matcher(text);
        if (!whole.matches() || !ROW_LIST.matcher(whole.group(2)).matches()) {
            throw damaged("it is not the table this program writes (%d characters)".formatted(text.length()));
        }
        if (Integer.parseInt(whole.group(1)) != FORMAT) {
            throw new NamespacesFileException(
                    "%s has format %s, this version knows %d. Fix: run the version of uatwin that wrote it, or a newer one."
                            .formatted(path, whole.group(1), FORMAT),
                    null);
        }
        List<String> uris = rows(whole.group(2));
        if (!check(uris).equals(whole.group(3))) {
            throw damaged("its check word does not fit its rows: a URI was changed or two rows were exchanged");
        }
        requireFixedRows(uris);
        return uris;
    }

    private List<String> rows(String text) {
        List<String> uris = new ArrayList<>();
        Matcher row = ROWS.matcher(text);
        while (row.find()) {
            int index = Integer.parseInt(row.group(1));
            if (index != uris.size()) {
                throw damaged("row %d carries index %d (\"%s\"): rows were reordered or removed"
                        .formatted(uris.size(), index, row.group(2)));
            }
            uris.add(row.group(2));
        }
        return uris;
    }

    private void requireFixedRows(List<String> uris) {
        int end = NamespaceRegistry.TYPES + NamespaceRegistry.FIXED_FROM_TYPES.size();
        if (uris.size() < end
                || !uris.get(0).equals(NamespaceRegistry.UA_URI)
                || !uris.subList(NamespaceRegistry.TYPES, end).equals(NamespaceRegistry.FIXED_FROM_TYPES)) {
            throw damaged("the fixed rows 0 and 3 to %d are not the ones of this product".formatted(end - 1));
        }
        if (new HashSet<>(uris).size() != uris.size()) {
            throw damaged("a URI stands in two rows");
        }
    }

    void write(List<String> uris) {
        Path temporary = path.resolveSibling(NAME + ".new");
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text(uris));
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncDirectory(directory);
        } catch (IOException e) {
            throw new NamespacesFileException(
                    "%s cannot be written: %s. Fix: check free space and permissions of %s."
                            .formatted(path, e, directory),
                    e);
        }
    }

    /** Makes the rename durable; systems that cannot open a directory (Windows) order it themselves. */
    private static void syncDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static String text(List<String> uris) {
        StringBuilder out = new StringBuilder("{\n  \"format\": " + FORMAT + ",\n  \"namespaces\": [\n");
        for (int index = 0; index < uris.size(); index++) {
            out.append("    {\"index\": ")
                    .append(index)
                    .append(", \"uri\": \"")
                    .append(uris.get(index))
                    .append("\"}");
            out.append(index < uris.size() - 1 ? ",\n" : "\n");
        }
        return out.append("  ],\n  \"check\": \"")
                .append(check(uris))
                .append("\"\n}\n")
                .toString();
    }

    private static String check(List<String> uris) {
        CRC32 crc = new CRC32();
        for (int index = 0; index < uris.size(); index++) {
            crc.update((index + " " + uris.get(index) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return "%08x".formatted(crc.getValue());
    }

    private NamespacesFileException damaged(String cause) {
        return new NamespacesFileException("%s is damaged: %s.%s".formatted(path, cause, FIX), null);
    }
}
