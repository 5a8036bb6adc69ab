package org.uatwin.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowRunsTest {
    /** The polls of a link are built from these rows: none may be missing, doubled or another link's. */
    @Test
    void givesEveryRowBackInOrder() {
        SplittableRandom random = new SplittableRandom(7);
        RowRuns runs = new RowRuns();
        List<Integer> expected = new ArrayList<>();
        for (int row = 0; row < 10_000; row++) {
            if (random.nextInt(5) > 0) {
                runs.add(row);
                expected.add(row);
            }
        }
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            found.add(runs.get(i));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void refusesAnIndexOutside() {
        RowRuns runs = new RowRuns();
        runs.add(3);
        assertThatThrownBy(() -> runs.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
