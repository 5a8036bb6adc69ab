/**
 * Formulas of derived points, locked down.
 *
 * <p>The grammar is that of Commons JEXL expressions: its parser reads the text with every feature switched off but
 * numbers, names, operators and calls of plain functions. What is left of the tree is then translated, node by node
 * from a list of permitted kinds, into {@link org.uatwin.informationmodel.expression.Formula}. JEXL's interpreter is
 * never used, so there is no reflection, no object but a number, and nothing that could loop: an evaluation visits each
 * node at most once.
 *
 * <p>{@link org.uatwin.informationmodel.expression.FormulaUnits} tells the unit of a formula's result from the units
 * of its points. Functions that look back in time keep bounded state in an
 * {@link org.uatwin.informationmodel.expression.Evaluation}, which one thread owns. Time comes in as an argument.
 */
@NullMarked
package org.uatwin.informationmodel.expression;

import org.jspecify.annotations.NullMarked;
