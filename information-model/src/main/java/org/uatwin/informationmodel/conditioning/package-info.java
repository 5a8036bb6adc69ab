/**
 * What the plant file may ask to be done with the values of a point on their way from the device: the declaration, as
 * values that cannot be wrong. What it does is in {@code plc-adapters}; docs/reference/conditioning.md has the order of
 * the steps, their equations and what they make of the quality.
 */
@NullMarked
package org.uatwin.informationmodel.conditioning;

import org.jspecify.annotations.NullMarked;
