package org.uatwin.informationmodel.plant;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Values of one section of the plant file, read by the {@link Keys} declared for it. A value of the wrong kind or out
 * of its range is reported with its place, and the default is returned.
 */
public interface Settings {
    /** What the section is about, for messages: a connection, device or point. */
    String subject();

    boolean has(String key);

    /** The text of a key, placeholders and references filled in. */
    Optional<String> text(String key);

    /** The key's value, else its default, else its lowest value. */
    int integer(String key);

    OptionalDouble number(String key);

    boolean bool(String key);

    /** The key's value, else its default. */
    Duration duration(String key);

    Optional<Duration> optionalDuration(String key);

    /** One of the key's choices, else its default; empty text if it has none. */
    String choice(String key);

    /** A list of texts, or one text for a list of one; empty if absent. */
    List<String> texts(String key);

    Optional<Secret> secret(String key);

    /** A readable file, relative to the plant file's folder. */
    Optional<Path> file(String key);

    /** The section below a key. */
    Optional<? extends Settings> section(String key);

    /** The sections below a key by name, in the order of the file. */
    Map<String, Settings> sections(String key);

    /**
     * Reports what cannot be.
     *
     * @param cause quotes the offending text.
     * @param detail why, with the allowed range; may be empty.
     * @param fix what to do.
     */
    void error(String key, String cause, String detail, String fix);

    /** Reports what can be, but is likely a mistake. */
    void warning(String key, String cause, String detail, String fix);
}
