package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Pump(String name, Optional<String> line) {}

    /** RFC 8259: control characters must be escaped, and there is no NaN. */
    @Test
    void escapesTextAndQuotesWhatIsNoNumber() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a\"b\\c\n\u0001");
        map.put("nan", Double.NaN);
        map.put("half", 0.5);
        map.put("list", List.of(1, true));
        map.put("array", new int[] {1, 2});
        map.put("record", new Pump("p", Optional.empty()));

        assertThat(Json.line(map))
                .isEqualTo("{\"text\":\"a\\\"b\\\\c\\n\\u0001\",\"nan\":\"NaN\",\"half\":0.5,\"list\":[1,true],"
                        + "\"array\":[1,2],\"record\":{\"name\":\"p\",\"line\":null}}");
    }
}
