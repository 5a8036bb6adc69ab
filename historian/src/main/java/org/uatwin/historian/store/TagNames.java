package org.uatwin.historian.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Which tag has which name, for stores: gives ids from 0 on and follows changes of names. Any thread. */
public final class TagNames {
    private final IntConsumer changed;
    private final Map<TagDefinition, HistoryTag> tags = new HashMap<>(); // guarded by this
    private final List<@Nullable TagDefinition> definitions = new ArrayList<>(); // guarded by this

    /** @param changed gets the id of each tag that is new or has a new name, while no other can be registered. */
    public TagNames(IntConsumer changed) {
        this.changed = changed;
    }

    /** As {@link HistoryStore#register(TagDefinition, List)}. */
    public synchronized HistoryTag register(TagDefinition definition, List<TagDefinition> formerNames) {
        HistoryTag known = tags.get(definition);
        if (known != null) {
            return known;
        }
        for (TagDefinition former : formerNames) {
            HistoryTag renamed = sameShape(former, definition) ? tags.remove(former) : null;
            if (renamed != null) {
                tags.put(definition, renamed);
                definitions.set(renamed.id(), definition);
                changed.accept(renamed.id());
                return renamed;
            }
        }
        HistoryTag tag = new HistoryTag(definitions.size());
        definitions.add(definition);
        tags.put(definition, tag);
        changed.accept(tag.id());
        return tag;
    }

    private static boolean sameShape(TagDefinition a, TagDefinition b) {
        return a.type() == b.type() && a.arrayLength() == b.arrayLength();
    }

    /** Takes over a tag from before, if its id has no name yet; a name that is another tag's stays with it. */
    public synchronized void restore(int id, TagDefinition definition) {
        while (definitions.size() <= id) {
            definitions.add(null);
        }
        if (definitions.get(id) == null) {
            definitions.set(id, definition);
            tags.putIfAbsent(definition, new HistoryTag(id));
            changed.accept(id);
        }
    }

    /** Whether every id up to this one has a name. */
    public synchronized boolean isComplete(int highestId) {
        return definitions.size() > highestId && !definitions.contains(null);
    }

    /** Of an id that was given. */
    public synchronized Optional<TagDefinition> definition(int id) {
        return id >= 0 && id < definitions.size() ? Optional.ofNullable(definitions.get(id)) : Optional.empty();
    }

    public synchronized int size() {
        return tags.size();
    }
}
