package org.uatwin.simulation.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 + 2*3;7",
                "-2^2;-4",
                "2^3^2;512",
                "2^-1;0.5",
                "(1+2)*3 - 4/8;8.5",
                "7 % 3;1",
                "-1 % 3;2",
                "t > 2 && t < 4 ? 10 : 20;10",
                "!(t == 3) || 0;0",
                "t >= 3 ? t <= 3 ? 1 : 2 : 3;1",
                "max(1, min(t, 2)) + clamp(5, 0, 1);3",
                "1e3 + 2.5E-1;1000.25",
                "sin(pi/2) + cos(0) + e^0;3",
                "floor(2.7) + ceil(2.1) + round(2.5) + abs(-1);8"
            })
    void valueFollowsTheUsualRanks(String text, double expected) throws ExpressionException {
        assertThat(Expression.compile(text, List.of("t")).value(new double[] {3}))
                .isEqualTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 +;character 4",
                "foo(1);character 1",
                "2 * x;\"x\"",
                "(1;\")\"",
                "1 2;character 3",
                "sin(1,2);sin",
                "1..2;no number"
            })
    void whatIsNoFormulaSaysWhere(String text, String part) {
        assertThatThrownBy(() -> Expression.compile(text, List.of("t")))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(part);
    }

    /** A formula from a file must not be able to exhaust the stack. */
    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> Expression.compile("(".repeat(5000) + "1" + ")".repeat(5000), List.of()))
                .isInstanceOf(ExpressionException.class);
    }
}
