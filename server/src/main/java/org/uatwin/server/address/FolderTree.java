package org.uatwin.server.address;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Place;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/**
 * The folders between {@code Twins} and the twins: site, area, line, and the site's connections. A folder's id holds a
 * colon, which no twin id can: {@code :site}, {@code :area:Hall 1}, {@code :area:Hall 1:Line 1}, {@code :connections}.
 */
final class FolderTree {
    /** One folder. {@code parent} is null for the site, which hangs below {@code Twins}. */
    static final class Folder {
        final String id;
        final String browseName;
        final Text displayName;
        final @Nullable Folder parent;
        String nodeVersion = ""; // set while the tree is built
        final List<Folder> folders = new ArrayList<>();
        final List<TwinInstance> twins = new ArrayList<>();

        Folder(String id, String browseName, Text displayName, @Nullable Folder parent) {
            this.id = id;
            this.browseName = browseName;
            this.displayName = displayName;
            this.parent = parent;
            if (parent != null) {
                parent.folders.add(this);
            }
        }
    }

    private static final String CONNECTIONS = ":connections";
    /** Twins of the system that stand beside the areas. */
    private static final List<String> OF_THE_SITE = List.of(Plant.FILE_TWIN, Plant.SERVER_TWIN);

    private final Map<String, Folder> byId = new LinkedHashMap<>();
    private final Folder site;

    /** @param before the tree of the plant before; folders that hold the same keep their NodeVersion. */
    FolderTree(LivePlant live, @Nullable FolderTree before) {
        Text name = live.plant().name();
        site = folder(
                ":site",
                live.plant().siteId(),
                name.isEmpty() ? Text.of(live.plant().siteId()) : name,
                null);
        for (TwinInstance instance : live.instances()) {
            if (live.parent(instance) == null && !instance.isSystem()) {
                place(instance.twin().place()).twins.add(instance);
            }
        }
        for (String id : OF_THE_SITE) {
            TwinInstance instance = live.instance(id);
            if (instance != null) {
                site.twins.add(instance);
            }
        }
        if (!live.links().isEmpty()) {
            Folder connections = folder(CONNECTIONS, "Connections", Text.of("Connections"), site);
            live.links().forEach(link -> connections.twins.add(link.link()));
        }
        for (Folder folder : byId.values()) {
            Folder old = before == null ? null : before.byId.get(folder.id);
            folder.nodeVersion = old != null && content(old).equals(content(folder)) ? old.nodeVersion : live.version();
        }
    }

    private static List<String> content(Folder folder) {
        List<String> ids = new ArrayList<>();
        folder.folders.forEach(child -> ids.add(child.id));
        folder.twins.forEach(twin -> ids.add(twin.id()));
        return ids;
    }

    /** Every folder, the site first. */
    Iterable<Folder> folders() {
        return byId.values();
    }

    private Folder place(Place place) {
        if (place.area().isEmpty()) {
            return site;
        }
        Folder area = folder(id(place.area()), place.area(), Text.of(place.area()), site);
        return place.line().isEmpty()
                ? area
                : folder(id(place.area(), place.line()), place.line(), Text.of(place.line()), area);
    }

    private static String id(String area) {
        return ":area:" + area;
    }

    private static String id(String area, String line) {
        return id(area) + ":" + line;
    }

    private Folder folder(String id, String browseName, Text displayName, @Nullable Folder parent) {
        Folder existing = byId.get(id);
        if (existing == null) {
            existing = new Folder(id, browseName, displayName, parent);
            byId.put(id, existing);
        }
        return existing;
    }

    Folder site() {
        return site;
    }

    @Nullable
    Folder folder(String id) {
        return byId.get(id);
    }

    /** Folder an instance stands in that is not part of another. */
    @Nullable
    Folder folderOf(TwinInstance instance) {
        if (instance.isSystem()) {
            return OF_THE_SITE.contains(instance.id()) ? site : byId.get(CONNECTIONS);
        }
        Place place = instance.twin().place();
        if (place.area().isEmpty()) {
            return site;
        }
        return byId.get(place.line().isEmpty() ? id(place.area()) : id(place.area(), place.line()));
    }
}
