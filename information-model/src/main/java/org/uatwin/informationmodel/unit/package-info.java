/**
 * Units of measure: the table of UNECE Recommendation 20 codes that plants use, found by code, symbol or a common ASCII
 * spelling, with the factor to the SI base of their dimension.
 *
 * <p>{@link org.uatwin.informationmodel.unit.Units} reads the table (a resource) once. What a unit looks like on the
 * wire of OPC UA is {@link org.uatwin.informationmodel.type.EngineeringUnit}; conversion of samples belongs to the
 * adapters. No threads, no mutable state.
 */
@NullMarked
package org.uatwin.informationmodel.unit;

import org.jspecify.annotations.NullMarked;
