package org.uatwin.server.service;

import java.util.List;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.jspecify.annotations.Nullable;

/**
 * Where a Browse stopped: the question and how many references of the node were looked at. The references themselves are
 * asked for again, so that a continuation point of a large folder costs nothing to keep.
 *
 * @param nextReference index of the first reference not yet looked at, before any filter.
 * @param maxReferences references per response, at least 1.
 * @param last the reference before it; null at the beginning.
 */
record BrowseCursor(
        BrowseDescription description,
        ViewDescription view,
        int nextReference,
        int maxReferences,
        @Nullable Reference last) {
    static BrowseCursor begin(BrowseDescription description, ViewDescription view, int maxReferences) {
        return new BrowseCursor(description, view, 0, maxReferences, null);
    }

    /**
     * Index of the first reference not yet looked at among those the node has now: where it was, or behind {@code last} if
     * the node has others since; -1 if that one is gone, so that nobody can say where to go on.
     */
    int indexIn(List<Reference> all) {
        if (last == null || (nextReference <= all.size() && last.equals(all.get(nextReference - 1)))) {
            return nextReference;
        }
        int index = all.indexOf(last);
        return index < 0 ? -1 : index + 1;
    }

    /** The same question from another place on. */
    BrowseCursor at(int next, List<Reference> all) {
        return new BrowseCursor(description, view, next, maxReferences, next == 0 ? null : all.get(next - 1));
    }
}
