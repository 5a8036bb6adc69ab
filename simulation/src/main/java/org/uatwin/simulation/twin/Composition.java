package org.uatwin.simulation.twin;

import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.scenario.Subject;

/** How members of a system twin drive each other. Stateless. */
public interface Composition {
    /** Name of the system itself among the parts. */
    String SYSTEM = "";

    /** Name of the model a twin type gives. */
    String name();

    /**
     * What drives what.
     *
     * @param own model of the system itself, if it has one.
     * @param members those with a model of their own, in the order in which they advance.
     */
    Wiring wire(Optional<Subject> own, List<Member> members);

    /** A member twin with its model. */
    record Member(TwinMember twin, Subject subject) {}

    /**
     * One input that another part drives: {@code gain * source}, several of one input add up; or, when relative, what it was at the
     * start times the source over what that was.
     *
     * @param from part; {@link #SYSTEM} for the system itself.
     * @param source output of that part, or input that both share.
     * @param to part.
     * @param input of that part.
     */
    record Coupling(String from, String source, String to, String input, double gain, boolean isRelative) {
        /** Drives the input with a share of the source. */
        public static Coupling absolute(String from, String source, String to, String input, double gain) {
            return new Coupling(from, source, to, input, gain, false);
        }

        /** Lets the input change as the source does. */
        public static Coupling relative(String from, String source, String to, String input) {
            return new Coupling(from, source, to, input, 1, true);
        }
    }

    /**
     * An output of the system that is the sum of outputs of its members.
     *
     * @param name of the output; the point of the same name of the system measures it.
     * @param terms {@code <part>.<Output>}.
     */
    record Sum(String name, String unit, double relative, double floor, List<String> terms, String meaning) {
        public Sum {
            terms = List.copyOf(terms);
        }
    }

    /** All of it. */
    record Wiring(List<Coupling> couplings, List<Sum> sums) {
        public Wiring {
            couplings = List.copyOf(couplings);
            sums = List.copyOf(sums);
        }
    }
}
