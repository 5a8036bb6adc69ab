package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which filters a link subscribes to, a pure function of what it needs: filters the plant file gives, then topics and
 * filters they do not cover. Topics that differ in one level only share a filter with {@code +} there if they are many.
 */
final class SubscriptionPlan {
    /** One topic filter and the QoS it is subscribed with. */
    record Filter(String text, int qos) {}

    private SubscriptionPlan() {}

    /**
     * Plans.
     *
     * @param needed topics and filters with the QoS they need.
     * @param given filters of the plant file; one that covers something gets at least its QoS.
     * @param givenQos QoS of given filters.
     * @param merge number of topics from which they share a filter; 0: never.
     * @return filters none of which is covered by another, in an order that depends on the arguments alone.
     */
    static List<Filter> plan(Map<String, Integer> needed, List<String> given, int givenQos, int merge) {
        Map<String, Integer> filters = new LinkedHashMap<>();
        given.forEach(filter -> filters.put(filter, givenQos));
        Map<String, Integer> rest = new TreeMap<>();
        needed.forEach((topic, qos) -> {
            boolean isCovered = false;
            for (String filter : given) {
                if (Topics.covers(filter, topic)) {
                    filters.merge(filter, qos, Math::max);
                    isCovered = true;
                }
            }
            if (!isCovered) {
                rest.put(topic, qos);
            }
        });
        Map<String, Integer> merged = merge == 0 ? rest : merge(rest, merge);
        merged.forEach((filter, qos) -> filters.merge(filter, qos, Math::max));
        return withoutCovered(filters);
    }

    private static Map<String, Integer> merge(Map<String, Integer> topics, int least) {
        Map<String, Integer> result = new TreeMap<>();
        Map<String, List<String>> byPattern = new HashMap<>();
        topics.keySet().forEach(topic -> patterns(topic).forEach(pattern -> byPattern
                .computeIfAbsent(pattern, p -> new ArrayList<>())
                .add(topic)));
        List<Map.Entry<String, List<String>>> largestFirst = new ArrayList<>(byPattern.entrySet());
        largestFirst.removeIf(e -> e.getValue().size() < least);
        largestFirst.sort(Comparator.<Map.Entry<String, List<String>>>comparingInt(
                        e -> -e.getValue().size())
                .thenComparing(Map.Entry::getKey));
        Map<String, Integer> open = new TreeMap<>(topics);
        for (Map.Entry<String, List<String>> entry : largestFirst) {
            List<String> left =
                    entry.getValue().stream().filter(open::containsKey).toList();
            if (left.size() >= least) {
                left.forEach(topic -> result.merge(entry.getKey(), take(open, topic), Math::max));
            }
        }
        result.putAll(open);
        return result;
    }

    private static int take(Map<String, Integer> open, String topic) {
        Integer qos = open.remove(topic);
        return qos == null ? 0 : qos;
    }

    /** The topic with each of its levels in turn replaced by {@code +}; filters and the first level stay. */
    private static List<String> patterns(String topic) {
        if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            return List.of();
        }
        List<String> patterns = new ArrayList<>();
        int start = topic.indexOf('/') + 1;
        while (start > 0) {
            int end = topic.indexOf('/', start);
            patterns.add(topic.substring(0, start) + '+' + (end < 0 ? "" : topic.substring(end)));
            start = end + 1;
        }
        return patterns;
    }

    private static List<Filter> withoutCovered(Map<String, Integer> filters) {
        List<String> wide = filters.keySet().stream()
                .filter(f -> f.indexOf('+') >= 0 || f.indexOf('#') >= 0)
                .toList();
        List<Filter> result = new ArrayList<>();
        filters.forEach((filter, qos) -> {
            boolean isCovered = wide.stream().anyMatch(w -> !w.equals(filter) && Topics.covers(w, filter));
            if (!isCovered) {
                int highest = qos;
                if (wide.contains(filter)) {
                    for (Map.Entry<String, Integer> inner : filters.entrySet()) {
                        if (Topics.covers(filter, inner.getKey())) {
                            highest = Math.max(highest, inner.getValue());
                        }
                    }
                }
                result.add(new Filter(filter, highest));
            }
        });
        return List.copyOf(result);
    }
}
