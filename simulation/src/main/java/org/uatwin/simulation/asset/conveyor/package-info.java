/**
 * Belt conveyors, bulk and unit load.
 *
 * <p>{@link org.uatwin.simulation.asset.conveyor.Conveyor} is the model: resistances by DIN 22101 / ISO 5048, belt load
 * transported along the belt, slip limit of the drive pulley, converter-fed motor with two thermal nodes and overload
 * protection, bearing and belt wear, jam. {@link org.uatwin.simulation.asset.conveyor.ConveyorFormulas} holds the closed forms
 * the model is checked against.
 *
 * <p>{@code ConveyorNames} declares the vectors, {@code ConveyorDynamics} the equations, {@code ConveyorStart} the start from
 * live readings. Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.conveyor;

import org.jspecify.annotations.NullMarked;
