package org.uatwin.informationmodel.conditioning;

import java.util.List;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.PointRef;

/** How the value of a point is computed from others. */
public sealed interface Derivation {
    /** The points it reads. */
    List<PointRef> inputs();

    /** For people, beside the point. */
    String label();

    private static String names(List<PointRef> points) {
        return String.join(", ", points.stream().map(PointRef::toString).toList());
    }

    /** The value of a formula. */
    record Computed(Formula formula) implements Derivation {
        @Override
        public List<PointRef> inputs() {
            return formula.references();
        }

        @Override
        public String label() {
            return "= " + formula.text();
        }
    }

    /** One value from redundant sensors. */
    record Voted(Vote vote) implements Derivation {
        @Override
        public List<PointRef> inputs() {
            return vote.inputs();
        }

        @Override
        public String label() {
            return "%s of %s".formatted(vote.method().name().toLowerCase(java.util.Locale.ROOT), names(vote.inputs()));
        }
    }

    /** The answer of a user's own model. */
    record Inferred(Inference inference) implements Derivation {
        @Override
        public List<PointRef> inputs() {
            return inference.inputs();
        }

        @Override
        public String label() {
            return "%s (%s) of %s".formatted(inference.file().getFileName(), inference.version(), names(inputs()));
        }
    }

    /**
     * Which sensors of a vote deviate: for a Boolean point whether any does, for an integer a bit each, the first sensor
     * the lowest.
     *
     * @param of the point of the same twin that is voted.
     */
    record Discrepancy(String of) implements Derivation {
        @Override
        public List<PointRef> inputs() {
            return List.of(new PointRef("", of));
        }

        @Override
        public String label() {
            return "discrepancy of " + of;
        }
    }
}
