/**
 * What an asset's condition is and why (ISO 13374-1: health assessment): a health index, the device health of NAMUR NE 107, the
 * failure mode that explains what was detected.
 *
 * <p>It joins what others found: {@code estimation} follows the asset and knows what each failure would look like, {@code detection}
 * says what is unusual, a prognosis how long it lasts. Everything is pure and immutable, any thread. How it is weighed:
 * docs/reference/detection.md.
 */
@NullMarked
package org.uatwin.simulation.health;

import org.jspecify.annotations.NullMarked;
