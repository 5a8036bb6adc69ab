package org.uatwin.informationmodel.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked formula over points: {@code Flow * ('tank-1/Pressure' - SuctionPressure)}. A name is a point of the own
 * twin, a quoted text {@code 'twin/Point'} one of another. Immutable; shared by all points that have it.
 */
public final class Formula {
    /** Longest text. */
    public static final int MAX_LENGTH = 1000;

    /** Most nodes: names, numbers, operators and calls. */
    public static final int MAX_NODES = 200;

    private static final long SHORTEST_STEP = 1_000_000; // 100 ms
    private static final long LONGEST_STEP = 100_000_000; // 10 s
    private static final int STEPS_PER_WINDOW = 60;

    private final String text;
    private final Expr root;
    private final List<PointRef> references;
    private final List<Expr.Remembering> remembering;

    Formula(String text, Expr root, List<PointRef> references) {
        this.text = text;
        this.root = root;
        this.references = List.copyOf(references);
        remembering = new ArrayList<>();
        collect(root);
    }

    private void collect(Expr node) {
        if (node instanceof Expr.Remembering r) {
            remembering.add(r);
        }
        node.operands().forEach(this::collect);
    }

    /**
     * Reads a formula.
     *
     * @throws FormulaException if the text is no formula or holds what formulas may not.
     */
    public static Formula parse(String text) throws FormulaException {
        return new FormulaParser(text).parse();
    }

    public String text() {
        return text;
    }

    /** The points it reads, each once. */
    public List<PointRef> references() {
        return references;
    }

    /** Whether it answers a truth value. */
    public boolean isBoolean() {
        return root.isBoolean();
    }

    /** Whether it is nothing but the name of a point. */
    public boolean isLonePoint() {
        return root instanceof Expr.Input;
    }

    /** How often the value is to be computed again although no input changed, in 100 ns; 0: never. */
    public long stepTicks() {
        long step = 0;
        for (Expr.Remembering r : remembering) {
            if (r.function().isMoving()) {
                long own = r.ticks() == 0
                        ? SHORTEST_STEP * 10
                        : Math.max(SHORTEST_STEP, Math.min(LONGEST_STEP, r.ticks() / STEPS_PER_WINDOW));
                step = step == 0 ? own : Math.min(step, own);
            }
        }
        return step;
    }

    /** Begins to evaluate for one point. */
    public Evaluation begin() {
        return new Evaluation(this);
    }

    Expr root() {
        return root;
    }

    Memory[] memories() {
        Memory[] memories = new Memory[remembering.size()];
        for (Expr.Remembering r : remembering) {
            memories[r.state()] = r.function().memory(r.ticks());
        }
        return memories;
    }

    /** The same formula with the units found for {@code to(...)}. */
    Formula with(Expr newRoot) {
        return new Formula(text, newRoot, references);
    }

    /** Formulas of one text are equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Formula that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
