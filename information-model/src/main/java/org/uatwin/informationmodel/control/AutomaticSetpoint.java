package org.uatwin.informationmodel.control;

import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.type.Range;

/**
 * A setpoint that the automatic mode may send.
 *
 * @param point of the twin itself or of one of its parts.
 * @param limits within those of the setpoint; empty: the same.
 * @param fallback sent when the automatic mode gives up; empty: the value stays as it is.
 * @param formula recommends a value; empty: the twin's objective does.
 */
public record AutomaticSetpoint(
        PointRef point, Optional<Range> limits, OptionalDouble fallback, Optional<Formula> formula) {}
