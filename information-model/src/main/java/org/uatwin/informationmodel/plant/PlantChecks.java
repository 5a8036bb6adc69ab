package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.uatwin.informationmodel.plant.TwinReader.ReadTwin;

/** What only the whole plant shows: parents, crowded nodes, addresses read in two ways. */
final class PlantChecks {
    static final int MAX_CHILDREN = 1_000;

    private final Section.Context context;
    private final List<ReadTwin> twins;
    private final Map<String, ReadTwin> byId = new HashMap<>();

    PlantChecks(Section.Context context, List<ReadTwin> twins) {
        this.context = context;
        this.twins = twins;
        for (ReadTwin read : twins) {
            byId.put(read.twin().id(), read);
        }
    }

    void run() {
        parents();
        aliases();
        children();
        overlaps();
    }

    private void parents() {
        for (ReadTwin read : twins) {
            Twin twin = read.twin();
            twin.parentId().ifPresent(parent -> {
                if (!byId.containsKey(parent)) {
                    context.findings()
                            .error(read.spot(context, "parent"), twin.id(), "unknown parent \"%s\"".formatted(parent))
                            .fix(Nearest.of(parent, byId.keySet())
                                    .map("did you mean \"%s\"?"::formatted)
                                    .orElse("declare that twin, or remove parent."));
                }
            });
        }
        Set<String> safe = new HashSet<>();
        for (ReadTwin read : twins) {
            List<String> path = new ArrayList<>();
            String id = read.twin().id();
            while (id != null && !safe.contains(id) && !path.contains(id)) {
                path.add(id);
                ReadTwin at = byId.get(id);
                id = at == null ? null : at.twin().parentId().orElse(null);
            }
            if (id != null && path.contains(id)) {
                List<String> circle = new ArrayList<>(path.subList(path.indexOf(id), path.size()));
                circle.add(id);
                context.findings()
                        .error(
                                read.spot(context, "parent"),
                                read.twin().id(),
                                "its parents form a circle: %s".formatted(String.join(" -> ", circle)))
                        .fix("remove one parent of the circle.");
            }
            safe.addAll(path);
        }
    }

    private void aliases() {
        for (ReadTwin read : twins) {
            for (String alias : read.twin().aliases()) {
                if (byId.containsKey(alias)) {
                    context.findings()
                            .error(
                                    read.spot(context, "aliases"),
                                    read.twin().id(),
                                    "the alias \"%s\" is the id of a twin".formatted(alias))
                            .fix("an alias is an id no twin has any more.");
                }
            }
        }
    }

    private void children() {
        Map<String, List<ReadTwin>> groups = new LinkedHashMap<>();
        for (ReadTwin read : twins) {
            Twin twin = read.twin();
            String node = twin.parentId()
                    .map(parent -> "twin " + parent)
                    .orElseGet(() -> twin.place().equals(Place.SITE)
                            ? "the site"
                            : twin.place().line().isEmpty()
                                    ? "area " + twin.place().area()
                                    : "line %s of area %s"
                                            .formatted(
                                                    twin.place().line(),
                                                    twin.place().area()));
            groups.computeIfAbsent(node, k -> new ArrayList<>()).add(read);
        }
        groups.forEach((node, children) -> {
            if (children.size() > MAX_CHILDREN) {
                ReadTwin first = children.get(0);
                context.findings()
                        .warning(
                                Findings.Spot.of(first.entry()),
                                "",
                                "%s has %d twins, more than %d".formatted(node, children.size(), MAX_CHILDREN))
                        .detail("Many clients show so many children slowly or not at all.")
                        .fix("spread them over areas and lines, for example line: \"Line {n/100}\".");
            }
        });
    }

    /** Bindings of one device as sortable keys: table, offset, quantity and the index of the binding. */
    private static final class Bound {
        long[] keys = new long[16];
        int size;
        final List<ReadTwin> twins = new ArrayList<>();
        int[] ordinals = new int[16];

        void add(ReadTwin read, int ordinal, Binding.Modbus binding) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                ordinals = Arrays.copyOf(ordinals, size * 2);
            }
            keys[size] = ((long) binding.table().manualPrefix() << 60)
                    | ((long) binding.offset() << 40)
                    | ((long) binding.quantity() << 24)
                    | size;
            ordinals[size] = ordinal;
            twins.add(read);
            size++;
        }

        Binding.Modbus binding(int index) {
            if (twins.get(index).twin().binding(ordinals[index]) instanceof Binding.Modbus modbus) {
                return modbus;
            }
            throw new AssertionError("only Modbus bindings were added");
        }

        String name(int index) {
            Twin twin = twins.get(index).twin();
            return twin.id() + "/" + twin.type().points().get(ordinals[index]).name();
        }
    }

    private void overlaps() {
        Map<ModbusDevice, Bound> byDevice = new LinkedHashMap<>();
        ModbusDevice lastDevice = null;
        Bound last = null;
        for (ReadTwin read : twins) {
            for (int i = 0; i < read.twin().pointCount(); i++) {
                if (read.twin().binding(i) instanceof Binding.Modbus modbus) {
                    if (last == null || !modbus.device().equals(lastDevice)) {
                        lastDevice = modbus.device();
                        last = byDevice.computeIfAbsent(lastDevice, d -> new Bound());
                    }
                    last.add(read, i, modbus);
                }
            }
        }
        byDevice.values().forEach(this::overlaps);
    }

    private void overlaps(Bound bound) {
        long[] sorted = Arrays.copyOf(bound.keys, bound.size);
        Arrays.sort(sorted);
        int reach = -1; // index of the binding that reaches furthest
        long end = -1;
        for (long key : sorted) {
            int index = (int) (key & 0xFF_FFFF);
            Binding.Modbus binding = bound.binding(index);
            long start = ((long) binding.table().manualPrefix() << 20) | binding.offset();
            if (reach >= 0 && start < end) {
                report(bound, reach, index);
            }
            if (start + binding.quantity() > end) {
                end = start + binding.quantity();
                reach = index;
            }
        }
    }

    private void report(Bound bound, int earlier, int later) {
        Binding.Modbus a = bound.binding(earlier);
        Binding.Modbus b = bound.binding(later);
        boolean isSameReading = a.offset() == b.offset() && a.format().equals(b.format());
        boolean areBits = a.format().bitCount() > 0 && b.format().bitCount() > 0;
        if (isSameReading || areBits) {
            return;
        }
        ReadTwin read = bound.twins.get(later);
        Yaml points = read.entry().get("points");
        Yaml node = points instanceof Yaml.Mapping mapping
                ? mapping.get(
                        read.twin().type().points().get(bound.ordinals[later]).name())
                : null;
        context.findings()
                .warning(
                        context.spot(node == null ? read.entry() : node, read.scope()),
                        bound.name(later),
                        "%s".formatted(b.label() + " overlaps " + bound.name(earlier) + ", " + a.label()))
                .detail("The same registers are read as two different values.")
                .fix("check both addresses and types against the device manual.");
    }
}
