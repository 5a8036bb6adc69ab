/**
 * Samples of one tag as few bytes, and back bit by bit; for stores on disk, not for their users.
 *
 * <p>A {@link org.uatwin.historian.codec.SampleRun} is what is coded: columns of times, values and statuses.
 * {@link org.uatwin.historian.codec.BlockCodec} makes a block of it, column by column: times as differences of
 * differences, numbers that are decimals as integers and all others by XOR with the one before (Pelkonen et al.,
 * "Gorilla", VLDB 2015), integers packed in as many bits as their differences need, statuses as runs.
 * {@link org.uatwin.historian.codec.BlockSummary} is what a reader can know without decoding a block.
 * {@link org.uatwin.historian.codec.JournalCodec} writes samples of many tags in the order they arrived.
 *
 * <p>Everything is pure; bytes that were changed on the disk are found by a CRC and end in a
 * {@link org.uatwin.historian.codec.DamagedException}.
 */
@NullMarked
package org.uatwin.historian.codec;

import org.jspecify.annotations.NullMarked;
