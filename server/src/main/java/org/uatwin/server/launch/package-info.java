/**
 * What the commands {@code demo}, {@code run} and {@code demo fault} do: start, tell the user what to do next, wait
 * for the end. {@code DemoPlants} finds the plants of {@code demo PLANT}, {@code PlantDemo} is one with its virtual devices.
 *
 * <p>The line {@code ready opc.tcp://...} is the contract with scripts: it stands alone and comes when clients can
 * connect. Everything printed here is for people. Ending is by signal: the shutdown hook closes the server and then
 * lets the process go.
 */
@NullMarked
package org.uatwin.server.launch;

import org.jspecify.annotations.NullMarked;
