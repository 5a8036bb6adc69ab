/**
 * The contract every twin model fills in, so that what-if, simulation, estimation and prognosis are written once.
 *
 * <p>A {@link org.uatwin.simulation.contract.TwinModel} describes itself ({@link
 * org.uatwin.simulation.contract.ModelDescription}: parameters, states, inputs, outputs, events, named scenarios), binds a
 * parameter vector to right-hand sides on plain {@code double[]} arrays ({@link
 * org.uatwin.simulation.contract.ModelDynamics}, no allocation per step) and starts itself from live readings ({@link
 * org.uatwin.simulation.contract.LiveState} to {@link org.uatwin.simulation.contract.ModelStart}).
 *
 * <p>Data flow: plant file -> {@link org.uatwin.simulation.contract.ModelBinding} (a twin's model and parameters); live points
 * -> {@code LiveState} -> {@code ModelStart} -> solver. Everything here is immutable or confined to its caller and may be used
 * from any thread; models hold no mutable state. Integration belongs to {@code solver}, equations to {@code asset}, questions to
 * {@code scenario}.
 */
@NullMarked
package org.uatwin.simulation.contract;

import org.jspecify.annotations.NullMarked;
