/**
 * Registers and bits to values and back (contracts section 8).
 *
 * <p>A {@link org.uatwin.plcadapters.codec.ValueCodec} is made once for each combination of register format, table and
 * data type and shared by all points that have it; reads and writes use the same object, so an order can not be
 * honoured one way and ignored the other. Decoding a scalar allocates nothing: the result lands in a reused
 * {@link org.uatwin.plcadapters.codec.Decoded}. Encoding refuses what does not fit, it never clamps or wraps.
 *
 * <p>Pure functions without threads or I/O. Which registers are asked for when belongs to {@code poll}; quality by
 * situation to {@code informationmodel.value.Quality}.
 */
@NullMarked
package org.uatwin.plcadapters.codec;

import org.jspecify.annotations.NullMarked;
