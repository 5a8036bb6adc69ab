package org.uatwin.server.cli.evaluate;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.NewFile;

/** Text files with data, packed by gzip if their name ends in {@code .gz}. */
final class DataFiles {
    private DataFiles() {}

    /** What is made of a file's lines. */
    @FunctionalInterface
    interface Reading<T> {
        T of(BufferedReader text) throws IOException;
    }

    /**
     * @throws CliException if the file cannot be read, or the reading says that it does not fit.
     */
    static <T> T read(Path file, Reading<T> reading) {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader text = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                        StandardCharsets.UTF_8))) {
            return reading.of(text);
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new CliException(Exit.USAGE, "%s is not there.\n  Fix: check the name.".formatted(file), e);
        } catch (IOException e) {
            throw new CliException(
                    Exit.USAGE,
                    "%s cannot be read: %s.\n  Fix: check rights, and that a name in .gz is a gzip file."
                            .formatted(file, e.getMessage()),
                    e);
        } catch (IllegalArgumentException e) {
            throw new CliException(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * What was read, made into something.
     *
     * @throws CliException with its message, if it does not fit.
     */
    static <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new CliException(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The CSV files below a folder, sorted, relative to it.
     *
     * @throws CliException if there is none.
     */
    static List<Path> csvBelow(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = all.filter(
                            file -> file.toString().matches(".*\\.csv(\\.gz)?") && Files.isRegularFile(file))
                    .map(folder::relativize)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new CliException(
                        Exit.USAGE,
                        "%s holds no .csv or .csv.gz file.\n  Fix: name the folder of the data.".formatted(folder));
            }
            return found;
        } catch (IOException e) {
            throw new CliException(
                    Exit.USAGE, "%s is no folder one can read.\n  Fix: check the name.".formatted(folder), e);
        }
    }

    /** The name without {@code .gz}, below another folder. */
    static Path unpackedBelow(Path folder, Path relative) {
        return folder.resolve(relative.toString().replaceAll("\\.gz$", ""));
    }

    /**
     * Writes an answer, its folders as well; over what is there.
     *
     * @throws CliException if that fails.
     */
    static void write(Path file, String text) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw NewFile.notWritten(file, e);
        }
        NewFile.write(file, text, true);
    }
}
