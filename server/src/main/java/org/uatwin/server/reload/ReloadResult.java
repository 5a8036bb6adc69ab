package org.uatwin.server.reload;

import java.util.List;

/**
 * What came of a reload.
 *
 * @param message one sentence for people.
 * @param findings what is to be mended or known, as {@code uatwin check} says it; breaking changes and settings that need a
 *     restart included.
 * @param added twins that are new.
 * @param removed twins that are gone.
 * @param changed twins that are others now, renamed ones included.
 */
public record ReloadResult(
        Outcome outcome, String message, List<String> findings, int added, int removed, int changed) {
    /** How it ended. The ordinals are values of a node. */
    public enum Outcome {
        /** No reload yet. */
        NONE,
        /** The plant was taken over. */
        APPLIED,
        /** The files say what they said before. */
        UNCHANGED,
        /** Only looked at, as asked. */
        CHECKED,
        /** Nothing was changed; the message says why. */
        REFUSED
    }

    public ReloadResult {
        findings = List.copyOf(findings);
    }

    public boolean isSuccess() {
        return outcome != Outcome.REFUSED;
    }

    /** Nothing was changed, because of {@code message}. */
    public static ReloadResult refused(String message, List<String> findings) {
        return new ReloadResult(Outcome.REFUSED, message, findings, 0, 0, 0);
    }
}
