/**
 * Vibration of bearings (ISO 13374-1: data manipulation, state detection, health assessment): what a waveform's shape says, which
 * bearing fault shows in its envelope, how far a bearing has moved away from its first days.
 *
 * <pre>
 * Waveform -> LineSpectrum -> a band at a time: EnvelopeSpectrum -> OrderComb -> FaultSign   physics, from the geometry
 *          -> SpectralShape -> distance to records of known faults                            experience
 *                                    both -> BearingClassifier -> BearingDiagnosis
 * Waveform -> VibrationHealthIndex                                                            a snapshot at a time
 * mm/s r.m.s. -> VibrationZone                                                                ISO 20816
 * </pre>
 *
 * <p>{@link org.uatwin.simulation.vibration.VibrationAnalysis} is the door for one waveform of a live bearing. What was learned is immutable and
 * used by any thread; a health index is owned by one. Residuals of points and their alarms belong to {@code detection}.
 */
@NullMarked
package org.uatwin.simulation.vibration;

import org.jspecify.annotations.NullMarked;
