/**
 * Serial robot arms of any number of revolute joints: {@link org.uatwin.simulation.asset.robot.RobotArm}.
 *
 * <p>{@code ArmDynamics} is the recursive Newton-Euler algorithm on arrays, allocation-free. Stateless model, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.robot;

import org.jspecify.annotations.NullMarked;
