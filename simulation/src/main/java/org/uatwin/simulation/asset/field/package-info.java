/**
 * Fields and crops: {@link org.uatwin.simulation.asset.field.CropField}.
 *
 * <p>Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.field;

import org.jspecify.annotations.NullMarked;
