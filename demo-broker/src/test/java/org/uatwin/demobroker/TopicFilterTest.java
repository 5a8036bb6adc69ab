package org.uatwin.demobroker;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of MQTT 5, section 4.7, and what they imply. */
class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/ranking, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/#, sport, true",
        "#, a/b/c, true",
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "#, $SYS/broker, false",
        "+/broker, $SYS/broker, false",
        "$SYS/#, $SYS/broker, true",
        "a/b, a/bc, false",
        "a/bc, a/b, false"
    })
    void wildcardsMatchAsTheStandardSays(String filter, String topic, boolean isMatch) {
        assertThat(TopicFilter.matches(filter, topic)).isEqualTo(isMatch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sport/tennis#", "sport/tennis/#/ranking", "sport+", "", "$share/g/a", "a/+b/c"})
    void whatIsNoFilterIsRefused(String text) {
        assertThat(TopicFilter.isFilter(text)).isFalse();
    }

    /** A topic with any of its levels replaced by + still matches, and with its tail replaced by # too. */
    @Property
    void replacedLevelsStillMatch(
            @ForAll @Size(min = 1, max = 6) java.util.List<@IntRange(max = 3) Integer> levels,
            @ForAll @IntRange(max = 63) int mask,
            @ForAll @IntRange(max = 6) int tail) {
        String topic = String.join("/", levels.stream().map(n -> "l" + n).toList());
        StringBuilder filter = new StringBuilder();
        for (int i = 0; i < levels.size(); i++) {
            if (i == tail) {
                filter.append(i == 0 ? "#" : "/#");
                break;
            }
            filter.append(i == 0 ? "" : "/").append((mask >> i & 1) == 1 ? "+" : "l" + levels.get(i));
        }
        assertThat(TopicFilter.matches(filter.toString(), topic)).isTrue();
        assertThat(TopicFilter.matches(topic, topic)).isTrue();
        assertThat(TopicFilter.matches(topic + "/more", topic)).isFalse();
    }
}
