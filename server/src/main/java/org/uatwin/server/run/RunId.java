package org.uatwin.server.run;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/**
 * A NodeId of a run taken apart: {@code <twin>/Runs/<RunId>/<Member>}.
 *
 * @param member path of the member; empty for the run itself.
 */
record RunId(String twin, String run, String member) {
    static final String FOLDER = "/Runs";

    private static final String BEFORE = FOLDER + "/";
    private static final int UUID_LENGTH = 36;
    private static final int[] HYPHENS = {8, 13, 18, 23};
    private static final int SHORTEST = 1 + BEFORE.length() + UUID_LENGTH;

    /** Null if it is no NodeId of a run. Most ids of points are too short, which costs nothing. */
    static @Nullable RunId of(UShort namespace, NodeId id) {
        if (!(id.getIdentifier() instanceof String text)
                || text.length() < SHORTEST
                || !namespace.equals(id.getNamespaceIndex())) {
            return null;
        }
        int at = text.indexOf(BEFORE);
        int begin = at + BEFORE.length();
        int end = begin + UUID_LENGTH;
        if (at <= 0 || text.indexOf('/') != at || text.length() < end || !isUuid(text, begin)) {
            return null;
        }
        if (text.length() == end) {
            return new RunId(text.substring(0, at), text.substring(begin), "");
        }
        return text.charAt(end) == '/'
                ? new RunId(text.substring(0, at), text.substring(begin, end), text.substring(end + 1))
                : null;
    }

    private static boolean isUuid(String text, int begin) {
        for (int hyphen : HYPHENS) {
            if (text.charAt(begin + hyphen) != '-') {
                return false;
            }
        }
        return true;
    }

    /** Identifier of a run of a twin, or of a member of it. */
    static String identifier(String twin, String run, String member) {
        String id = twin + BEFORE + run;
        return member.isEmpty() ? id : id + "/" + member;
    }
}
