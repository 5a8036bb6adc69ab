/**
 * Case files: what {@code uatwin simulate CASE.yaml} reads and runs.
 *
 * <p>{@link org.uatwin.simulation.casefile.CaseReader} turns a YAML file with its tables into a {@link
 * org.uatwin.simulation.casefile.Case}, or into findings with file, line, column, cause and fix; {@link
 * org.uatwin.simulation.casefile.CaseRun} runs it and hands each row of outputs on; {@link
 * org.uatwin.simulation.casefile.Profile} is an input that changes in time. Files are read here and nowhere else in this module;
 * nothing is written. One thread.
 */
@NullMarked
package org.uatwin.simulation.casefile;

import org.jspecify.annotations.NullMarked;
