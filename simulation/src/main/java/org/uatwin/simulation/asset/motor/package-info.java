/**
 * Electric drives: the induction motor twin and the loss map that pumps and conveyors share.
 *
 * <p>{@link org.uatwin.simulation.asset.motor.InductionMotor} is the model (quasi-steady equivalent circuit, two thermal nodes,
 * insulation ageing); {@link org.uatwin.simulation.asset.motor.DriveMap} turns shaft torque and speed of a converter-fed motor
 * into power and current and back. Stateless, any thread. What the motor drives belongs to its own family.
 */
@NullMarked
package org.uatwin.simulation.asset.motor;

import org.jspecify.annotations.NullMarked;
