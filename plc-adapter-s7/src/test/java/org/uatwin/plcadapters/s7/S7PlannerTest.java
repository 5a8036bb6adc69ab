package org.uatwin.plcadapters.s7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class S7PlannerTest {
    private static final S7Type[] TYPES = {
        S7Type.BOOL, S7Type.BYTE, S7Type.INT, S7Type.REAL, S7Type.LREAL, S7Type.STRING
    };

    private static List<Integer> all(List<S7Address> addresses) {
        return IntStream.range(0, addresses.size()).boxed().toList();
    }

    /** Every point is read exactly once, and no request or answer is longer than the PDU but for a single point that is. */
    @Property(tries = 300)
    void planReadsEveryPointOnceWithinThePdu(@ForAll long seed) {
        Random random = new Random(seed);
        List<S7Address> addresses = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(200); i++) {
            S7Type type = TYPES[random.nextInt(TYPES.length)];
            S7Area area = random.nextInt(5) == 0 ? S7Area.MARKER : S7Area.DB;
            addresses.add(new S7Address(
                    area,
                    area == S7Area.DB ? 1 + random.nextInt(3) : 0,
                    random.nextInt(2_000),
                    type == S7Type.BOOL ? random.nextInt(8) : 0,
                    type,
                    type == S7Type.STRING ? 1 + random.nextInt(254) : 0,
                    1 + random.nextInt(4)));
        }
        int pduSize = random.nextBoolean() ? 240 : 480;
        List<Integer> read = new ArrayList<>();
        for (boolean isMerged : List.of(true, false)) {
            read.clear();
            for (List<S7Planner.Read> request : S7Planner.plan(addresses, all(addresses), pduSize, isMerged)) {
                assertThat(request).hasSizeBetween(1, 20);
                int answer = 14;
                for (S7Planner.Read item : request) {
                    answer += 4 + item.block().length() + item.block().length() % 2;
                    for (int point : item.points()) {
                        S7Block own = addresses.get(point).block();
                        assertThat(own.isBeside(item.block())).isTrue();
                        assertThat(own.offset())
                                .isGreaterThanOrEqualTo(item.block().offset());
                        assertThat(own.end()).isLessThanOrEqualTo(item.block().end());
                        read.add(point);
                    }
                    assertThat(isMerged || item.points().size() == 1).isTrue();
                }
                assertThat(12 + 12 * request.size()).isLessThanOrEqualTo(pduSize);
                assertThat(answer <= pduSize
                                || (request.size() == 1
                                        && request.get(0).points().size() == 1))
                        .as("seed %d: %d bytes", seed, answer)
                        .isTrue();
            }
            assertThat(read).containsExactlyInAnyOrderElementsOf(all(addresses));
        }
    }

    /** A thousand numbers side by side need no request each (peers C1 to C4). */
    @Test
    void neighboursShareRequests() {
        List<S7Address> reals = IntStream.range(0, 1_000)
                .mapToObj(i -> new S7Address(S7Area.DB, 1, 4 * i, 0, S7Type.REAL, 0, 1))
                .toList();
        assertThat(S7Planner.plan(reals, all(reals), 240, true)).hasSize(19); // 55 numbers in 222 bytes
        assertThat(S7Planner.plan(reals, all(reals), 960, true)).hasSize(5);
    }
}
