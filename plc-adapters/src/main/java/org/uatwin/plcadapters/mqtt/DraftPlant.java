package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.uatwin.informationmodel.plant.TypeLibrary;
import org.uatwin.informationmodel.type.TwinType;

/**
 * A plant file made of what a probe heard: twins where topics differ in one level and hold the same, a type for each
 * kind of them. It passes {@code uatwin check}; units, ranges and names are for the reader to give. A pure function.
 */
public final class DraftPlant {
    private static final String BROKER = "broker";

    /** Twins that hold the same: where their topics begin, their names in the topic, what follows. */
    private record Group(String prefix, List<String> ids, Map<String, TopicSurvey> members) {}

    private final MqttProbe.Answer answer;
    private final String url;
    private final StringBuilder devices = new StringBuilder();
    private final StringBuilder types = new StringBuilder();
    private final StringBuilder twins = new StringBuilder();
    private final Set<String> typeNames = new LinkedHashSet<>(
            TypeLibrary.builtIn().types().stream().map(TwinType::name).toList()); // theirs are taken
    private final Set<String> twinIds = new LinkedHashSet<>();

    private DraftPlant(MqttProbe.Answer answer, String url) {
        this.answer = answer;
        this.url = url;
    }

    /** The plant file; empty if nothing was heard that can be a point. */
    public static Optional<String> write(MqttProbe.Answer answer, String url) {
        return new DraftPlant(answer, url).write();
    }

    private Optional<String> write() {
        Map<String, TopicSurvey> open = new TreeMap<>();
        for (TopicSurvey topic : answer.topics()) {
            if (topic.shape() != TopicSurvey.Shape.BINARY
                    && !topic.values().isEmpty()
                    && !topic.topic().startsWith("$")) {
                open.put(topic.topic(), topic);
            }
        }
        for (Group group : groups(open)) {
            write(group);
        }
        sparkplug();
        if (twins.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                """
                # A draft by `uatwin probe mqtt`. Give the points units and ranges, and the twins types of the library where they fit.
                uatwin: 1
                siteId: draft
                connections:
                  %s:
                    protocol: mqtt
                    url: "%s"
                    devices:
                %stypes:
                %stwins:
                %s"""
                        .formatted(BROKER, url, devices, types, twins));
    }

    /** Splits the topics: first where most twins hold the same, then the rest by what they share up to the last level. */
    private static List<Group> groups(Map<String, TopicSurvey> open) {
        List<Group> candidates = new ArrayList<>();
        Map<String, Map<String, Map<String, TopicSurvey>>> byPrefix = new TreeMap<>(); // prefix -> id -> rest -> topic
        open.values().forEach(topic -> {
            String[] levels = topic.topic().split("/", -1);
            StringBuilder prefix = new StringBuilder();
            for (int i = 0; i < levels.length; i++) {
                String rest = String.join("/", List.of(levels).subList(i + 1, levels.length));
                byPrefix.computeIfAbsent(prefix.toString(), p -> new TreeMap<>())
                        .computeIfAbsent(levels[i], l -> new TreeMap<>())
                        .put(i == levels.length - 1 ? "" : "/" + rest, topic);
                prefix.append(levels[i]).append('/');
            }
        });
        byPrefix.forEach((prefix, ids) -> {
            Map<String, List<String>> alike = new TreeMap<>();
            ids.forEach((id, members) -> alike.computeIfAbsent(signature(members), s -> new ArrayList<>())
                    .add(id));
            alike.values().stream().filter(same -> same.size() > 1).forEach(same -> {
                Map<String, TopicSurvey> members = ids.get(same.get(0));
                candidates.add(new Group(prefix, same, members == null ? Map.of() : members));
            });
        });
        candidates.sort(Comparator.<Group>comparingInt(
                        g -> -g.ids().size() * (g.members().size() > 1 ? 2 : 1))
                .thenComparing(Group::prefix));
        List<Group> groups = new ArrayList<>();
        Map<String, TopicSurvey> left = new TreeMap<>(open);
        for (Group group : candidates) {
            List<String> ids = group.ids().stream()
                    .filter(id -> group.members().keySet().stream()
                            .allMatch(rest -> left.containsKey(group.prefix() + id + rest)))
                    .toList();
            boolean isPointLevel =
                    group.members().size() == 1 && group.members().containsKey("");
            if (ids.size() > 1 && !isPointLevel) {
                ids.forEach(id -> group.members().keySet().forEach(rest -> left.remove(group.prefix() + id + rest)));
                groups.add(new Group(group.prefix(), ids, group.members()));
            }
        }
        Map<String, Map<String, TopicSurvey>> byParent = new TreeMap<>();
        Map<String, TopicSurvey> alone = new TreeMap<>();
        left.forEach((topic, survey) -> {
            int slash = topic.lastIndexOf('/');
            if (slash < 0) {
                alone.put(topic, survey);
            } else {
                byParent.computeIfAbsent(topic.substring(0, slash), p -> new TreeMap<>())
                        .put(topic.substring(slash), survey);
            }
        });
        byParent.forEach((parent, members) -> {
            int slash = parent.lastIndexOf('/');
            groups.add(new Group(parent.substring(0, slash + 1), List.of(parent.substring(slash + 1)), members));
        });
        if (!alone.isEmpty()) {
            groups.add(new Group("", List.of(""), alone));
        }
        return groups;
    }

    private static String signature(Map<String, TopicSurvey> members) {
        StringBuilder text = new StringBuilder();
        members.forEach((rest, topic) ->
                text.append(rest).append(' ').append(topic.signature()).append('\n'));
        return text.toString();
    }

    private void write(Group group) {
        String type = unique(typeNames, camel(group.ids().get(0).replaceAll("[0-9_.-]+$", ""), "Topics"));
        typeNames.add(type);
        Map<String, String> points = new LinkedHashMap<>(); // name -> declaration
        Map<String, String> bindings = new LinkedHashMap<>(); // name -> address below the device
        group.members().forEach((rest, topic) -> topic.values().forEach(field -> {
            String below = rest.startsWith("/") ? rest.substring(1) : rest;
            String name =
                    unique(points.keySet(), camel(below + "/" + field.getKey().replace("#", ""), "Value"));
            points.put(name, declaration(field.getValue()));
            bindings.put(name, below + field.getKey());
        }));
        types.append("  %s:\n    version: 1.0.0\n    points:\n".formatted(type));
        points.forEach((name, declared) -> types.append("      %s: %s\n".formatted(name, declared)));
        Optional<IdRun> run = IdRun.of(group.ids());
        if (run.isPresent()) {
            String label = label(group, run.get().stem());
            run.get().ids(label).forEach(twinIds::add);
            twin(
                    type,
                    "ids: " + quoted(label + run.get().range()),
                    quoted(label + run.get().range()),
                    quoted(BROKER + "/" + label + run.get().placeholder()),
                    deviceKeys(group, run.get().stem() + run.get().placeholder()),
                    bindings);
            return;
        }
        for (String id : group.ids()) {
            String label = label(group, id);
            twinIds.add(label);
            twin(
                    type,
                    "id: " + quoted(label),
                    quoted(label),
                    quoted(BROKER + "/" + label),
                    deviceKeys(group, brace(id)),
                    bindings);
        }
    }

    /** A name for a twin and its device that nobody has: as in the topic, with the level above it if need be. */
    private String label(Group group, String id) {
        String own = name(id);
        String[] above = group.prefix().split("/");
        boolean isTaken = twinIds.stream().anyMatch(taken -> taken.startsWith(own));
        return unique(twinIds, isTaken && !group.prefix().isEmpty() ? name(above[above.length - 1]) + "-" + own : own);
    }

    /**
     * What the device's entry says.
     *
     * @param written the id as the prefix holds it, perhaps with a placeholder.
     */
    private static String deviceKeys(Group group, String written) {
        Collection<TopicSurvey> topics = group.members().values();
        boolean isBelow = group.members().keySet().stream().allMatch(rest -> rest.startsWith("/"));
        String slash = isBelow ? "/" : "";
        StringBuilder keys = new StringBuilder("prefix: " + quoted(brace(group.prefix()) + written + slash));
        double gap = topics.stream()
                .mapToDouble(TopicSurvey::longestGapSeconds)
                .max()
                .orElse(0);
        if (gap > 0 && topics.stream().allMatch(t -> t.longestGapSeconds() > 0)) {
            keys.append(", period: ").append(period(gap));
        }
        List<String> times =
                topics.stream().map(t -> t.time().orElse("")).distinct().toList();
        if (times.size() == 1 && !times.get(0).isEmpty()) {
            keys.append(", time: ").append(quoted(times.get(0)));
        }
        topics.stream()
                .filter(t -> t.shape() == TopicSurvey.Shape.CSV && t.separator() != ',')
                .findFirst()
                .ifPresent(t -> keys.append(", separator: ")
                        .append(t.separator() == '\t' ? "tab" : quoted("" + t.separator())));
        return keys.toString();
    }

    private void twin(
            String type, String ids, String device, String reference, String deviceKeys, Map<String, String> bindings) {
        devices.append("      %s: {%s}\n".formatted(device, deviceKeys));
        twins.append("  - %s\n    type: %s\n    device: %s\n    points:\n".formatted(ids, type, reference));
        bindings.forEach((name, address) -> twins.append("      %s: %s\n".formatted(name, quoted(brace(address)))));
    }

    private void sparkplug() {
        Map<String, List<MqttProbe.Metric>> byDevice = new TreeMap<>();
        answer.metrics().forEach(m -> byDevice.computeIfAbsent(
                        m.group() + "\n" + m.node() + "\n" + m.device(), k -> new ArrayList<>())
                .add(m));
        byDevice.values().forEach(metrics -> {
            MqttProbe.Metric first = metrics.get(0);
            String id = first.device().isEmpty() ? first.node() : first.device();
            String label = unique(twinIds, name(id));
            twinIds.add(label);
            String type = unique(typeNames, camel(id.replaceAll("[0-9_.-]+$", ""), "Node"));
            typeNames.add(type);
            types.append("  %s:\n    version: 1.0.0\n    points:\n".formatted(type));
            Map<String, String> bindings = new LinkedHashMap<>();
            metrics.forEach(metric -> {
                String name = unique(bindings.keySet(), camel(metric.name(), "Metric"));
                bindings.put(name, metric.name());
                types.append("      %s: %s\n".formatted(name, declaration(metric.kind())));
            });
            String device = first.device().isEmpty() ? "" : ", device: " + quoted(brace(first.device()));
            String keys = "sparkplug: {group: %s, node: %s%s}"
                    .formatted(quoted(brace(first.group())), quoted(brace(first.node())), device);
            twin(type, "id: " + quoted(label), quoted(label), quoted(BROKER + "/" + label), keys, bindings);
        });
    }

    private static String declaration(TopicSurvey.FieldKind kind) {
        return switch (kind) {
            case NUMBER -> "{kind: plain, type: Double}";
            case BOOLEAN -> "{type: Boolean}";
            default -> "{type: String}";
        };
    }

    /** One and a half times the longest gap heard, in round figures. */
    private static String period(double gapSeconds) {
        double wanted = gapSeconds * 1.5;
        for (double step : new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600}) {
            if (wanted <= step) {
                return step < 1 ? "%.0f ms".formatted(step * 1000) : "%.0f s".formatted(step);
            }
        }
        return "%.0f h".formatted(Math.ceil(wanted / 3600));
    }

    /**
     * Ids that differ in a number only, without a gap.
     *
     * @param width digits of each number.
     */
    private record IdRun(String stem, long first, int count, int width) {
        private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");

        static Optional<IdRun> of(List<String> ids) {
            List<Long> numbers = new ArrayList<>();
            String stem = "";
            int width = 0;
            for (String id : ids) {
                Matcher matcher = NUMBERED.matcher(id);
                if (!matcher.matches()) {
                    return Optional.empty();
                }
                if (numbers.isEmpty()) {
                    stem = matcher.group(1);
                    width = matcher.group(2).length();
                } else if (!stem.equals(matcher.group(1))
                        || width != matcher.group(2).length()) {
                    return Optional.empty();
                }
                numbers.add(Long.parseLong(matcher.group(2)));
            }
            numbers.sort(Comparator.naturalOrder());
            long first = numbers.get(0);
            boolean isWithoutGap = numbers.get(numbers.size() - 1) - first == numbers.size() - 1L;
            return ids.size() >= 3 && isWithoutGap && stem.matches("[A-Za-z0-9_-]+")
                    ? Optional.of(new IdRun(stem, first, ids.size(), width))
                    : Optional.empty();
        }

        private String number(long value) {
            return ("%0" + width + "d").formatted(value);
        }

        String range() {
            return "{" + number(first) + ".." + number(first + count - 1) + "}";
        }

        String placeholder() {
            return "{n:0" + width + "}";
        }

        List<String> ids(String label) {
            return LongStream.range(first, first + count)
                    .mapToObj(n -> label + number(n))
                    .toList();
        }
    }

    private static String unique(Set<String> taken, String wanted) {
        String name = wanted;
        for (int i = 2; taken.contains(name); i++) {
            name = wanted + (Character.isDigit(wanted.charAt(wanted.length() - 1)) ? "-" : "") + i;
        }
        return name;
    }

    /** A name of a device and a twin: letters, digits, - and _, and none of the reserved ones. */
    private static String name(String id) {
        String name = id.replaceAll("[^A-Za-z0-9_-]", "-").replaceFirst("^[_-]+", "");
        return name.isEmpty() || name.equals("types") ? "device" : name;
    }

    private static String camel(String text, String otherwise) {
        StringBuilder name = new StringBuilder();
        boolean isStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (isWord) {
                name.append(isStart ? ("" + c).toUpperCase(Locale.ROOT) : "" + c);
            }
            isStart = !isWord;
        }
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            name.insert(0, otherwise);
        }
        return name.toString();
    }

    private static String brace(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
