/**
 * What a plant file says about closing the loop: which values may be sent to a setpoint, when, how fast and by whom.
 *
 * <p>{@link org.uatwin.informationmodel.control.ControlRules} are those of one twin: rules of its setpoints, interlocks, who may
 * apply recommendations, and the automatic mode if it has one. They are plain data; what keeps them is in {@code
 * server.control}, where every value on its way to a setpoint passes. Reading and checking them is the work of {@code
 * informationmodel.plant}.
 */
@NullMarked
package org.uatwin.informationmodel.control;

import org.jspecify.annotations.NullMarked;
