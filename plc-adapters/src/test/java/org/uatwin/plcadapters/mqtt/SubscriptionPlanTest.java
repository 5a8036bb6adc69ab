package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.plcadapters.mqtt.SubscriptionPlan.Filter;

/** Every topic is subscribed to, with the QoS it needs, by few filters. */
class SubscriptionPlanTest {
    /** MQTT 5, section 4.7, with its examples. */
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "#, $SYS/x, false",
        "+/monitor/Clients, $SYS/monitor/Clients, false",
        "$SYS/#, $SYS/x, true",
        "a/+/c, a/b/c, true",
        "a/#, a/+/c, true",
        "a/+, a/#, false",
        "a/b, a/b, true",
        "a/b, a/c, false"
    })
    void filtersCoverWhatTheStandardSays(String outer, String inner, boolean isCovered) {
        assertThat(Topics.covers(outer, inner)).isEqualTo(isCovered);
    }

    /** 10 000 points of 1 000 pumps need ten filters and not 10 000. */
    @Test
    void topicsOfManyTwinsShareAFilter() {
        Map<String, Integer> needed = new HashMap<>();
        for (int pump = 0; pump < 1_000; pump++) {
            for (int point = 0; point < 10; point++) {
                needed.put("plant/pump-%03d/p%d".formatted(pump, point), 1);
            }
        }
        List<Filter> plan = SubscriptionPlan.plan(needed, List.of(), 1, 20);
        assertThat(plan).hasSize(10).contains(new Filter("plant/+/p3", 1));
        assertThat(SubscriptionPlan.plan(needed, List.of(), 1, 0)).hasSize(10_000);
    }

    @Test
    void filtersOfThePlantFileAreUsedForWhatTheyCover() {
        List<Filter> plan = SubscriptionPlan.plan(Map.of("a/b/c", 2, "x", 0), List.of("a/#", "a/b/+"), 1, 20);
        assertThat(plan).containsExactly(new Filter("a/#", 2), new Filter("x", 0));
    }

    @Property(tries = 200)
    void everyTopicIsCoveredWithItsQosAndNoFilterByAnother(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int merge) {
        Random random = new Random(seed);
        Map<String, Integer> needed = new TreeMap<>();
        for (int i = random.nextInt(300); i >= 0; i--) {
            StringBuilder topic = new StringBuilder("t" + random.nextInt(2));
            for (int level = random.nextInt(4); level > 0; level--) {
                topic.append('/').append((char) ('a' + random.nextInt(20)));
            }
            needed.put(topic.toString(), random.nextInt(3));
        }
        List<Filter> plan = SubscriptionPlan.plan(needed, List.of(), 1, merge);
        needed.forEach((topic, qos) -> assertThat(plan)
                .as("%s of seed %d", topic, seed)
                .anyMatch(f -> f.qos() >= qos && Topics.covers(f.text(), topic)));
        for (Filter a : plan) {
            assertThat(plan).noneMatch(b -> !a.equals(b) && Topics.covers(b.text(), a.text()));
        }
        assertThat(plan.size()).isLessThanOrEqualTo(needed.size());
        assertThat(SubscriptionPlan.plan(needed, List.of(), 1, merge)).isEqualTo(plan);
    }
}
