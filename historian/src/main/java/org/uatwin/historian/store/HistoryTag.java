package org.uatwin.historian.store;

/**
 * The surrogate id of one historized variable, given by {@link HistoryStore#register}. It means the same variable for
 * as long as the store holds samples of it, whatever its name becomes.
 *
 * @param id 0 or more, dense enough to index an array.
 */
public record HistoryTag(int id) {
    public HistoryTag {
        if (id < 0) {
            throw new IllegalArgumentException("a tag's id is 0 or more: " + id);
        }
    }
}
