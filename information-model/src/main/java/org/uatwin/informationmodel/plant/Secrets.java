package org.uatwin.informationmodel.plant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${env:NAME}} and {@code ${file:path}} in texts of the plant file, so that nothing secret stands in
 * it. Files are relative to the plant file, at most 64 kB, without the final line break. Messages name the variable or
 * file, never what it holds.
 */
final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final long MAX_BYTES = 65_536;

    private final @Nullable Path folder;
    private final UnaryOperator<@Nullable String> environment;
    private final BiConsumer<String, String> onResolved;
    private final Consumer<Path> onFile;

    /**
     * @param folder folder of the plant file; null if it has none, then files cannot be named.
     * @param environment value of an environment variable, null if it is not set.
     * @param onResolved gets every value read and its reference, so that messages can show the reference instead.
     * @param onFile gets every file named, before it is read.
     */
    Secrets(
            @Nullable Path folder,
            UnaryOperator<@Nullable String> environment,
            BiConsumer<String, String> onResolved,
            Consumer<Path> onFile) {
        this.onFile = onFile;
        this.folder = folder;
        this.environment = environment;
        this.onResolved = onResolved;
    }

    static boolean mayHaveReference(String text) {
        return text.contains("${");
    }

    /** @throws Template.TemplateException if a reference cannot be resolved. */
    String resolve(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String value = matcher.group(1).equals("env") ? variable(matcher.group(2)) : file(matcher.group(2));
            onResolved.accept(value, matcher.group());
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(result).toString();
    }

    /** A readable file of that name, relative to the plant file; empty if there is none. */
    Optional<Path> locate(String name) {
        try {
            Path path = folder == null ? Path.of(name) : folder.resolve(name);
            onFile.accept(path);
            return Files.isRegularFile(path) && Files.isReadable(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private String variable(String name) {
        String value = environment.apply(name);
        if (value == null) {
            throw new Template.TemplateException("the environment variable %s is not set".formatted(name));
        }
        return value;
    }

    private String file(String name) {
        if (folder == null) {
            throw new Template.TemplateException("${file:%s}: this plant has no folder".formatted(name));
        }
        try {
            Path path = folder.resolve(name);
            onFile.accept(path);
            if (Files.size(path) > MAX_BYTES) {
                throw new Template.TemplateException("${file:%s} is larger than 64 kB".formatted(name));
            }
            return Files.readString(path, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new Template.TemplateException("${file:%s} cannot be read (%s)"
                    .formatted(name, e.getClass().getSimpleName()));
        }
    }
}
