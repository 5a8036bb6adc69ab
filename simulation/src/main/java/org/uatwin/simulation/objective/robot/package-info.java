/**
 * In which order a robot does its tasks: {@link org.uatwin.simulation.objective.robot.TaskOrder} is the objective, {@link
 * org.uatwin.simulation.objective.robot.ExactTour} the proof for few tasks. Times are those of the moves the arm's model makes: quintic
 * between rests, within speeds and accelerations of the joints. One search belongs to one thread.
 */
@NullMarked
package org.uatwin.simulation.objective.robot;

import org.jspecify.annotations.NullMarked;
