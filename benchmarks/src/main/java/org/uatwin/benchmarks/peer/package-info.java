/**
 * What the product is measured against: servers of bare Milo with a {@code UaVariableNode} for each point, and a bare
 * j2mod master, SSJ, QuestDB embedded, and SQLite with a row a sample. As plain as their manuals show them; nothing is
 * tuned for or against them.
 */
@NullMarked
package org.uatwin.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
