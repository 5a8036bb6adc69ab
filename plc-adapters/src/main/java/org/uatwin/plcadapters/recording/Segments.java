package org.uatwin.plcadapters.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The segment files of a folder, oldest first. */
final class Segments {
    private Segments() {}

    static List<Path> of(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{10}\\" + SegmentFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    static long number(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 10));
    }
}
