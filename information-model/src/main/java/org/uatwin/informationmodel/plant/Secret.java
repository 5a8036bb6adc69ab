package org.uatwin.informationmodel.plant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A password or the like from {@code ${file:...}} or {@code ${env:...}}. Its text is given out by {@link #reveal} only. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text, for whoever sends it; never for a message. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Says that there is one, and nothing of it. */
    @Override
    public String toString() {
        return "***";
    }
}
