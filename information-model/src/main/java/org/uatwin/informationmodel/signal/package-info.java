/**
 * Arithmetic on sampled signals that several modules need: the Fourier transform and running moments. The edge reduces fast
 * channels with it ({@code plcadapters.conditioning}), the vibration analysis looks for bearing faults with it ({@code
 * simulation.vibration}).
 *
 * <p>Pure arithmetic, bit-identical on every machine: no files, no time, no points.
 */
@NullMarked
package org.uatwin.informationmodel.signal;

import org.jspecify.annotations.NullMarked;
