package org.uatwin.server.address;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.uatwin.server.engine.TwinInstance;

/** How the Value attribute of a slot is found. */
sealed interface SlotValue {
    /**
     * The current value.
     *
     * @param locales what the session wants to read, best first.
     */
    DataValue read(LiveValues live, TwinInstance instance, List<String> locales);

    /** Ordinal of the point whose batches change this value; -1 if it does not follow a point. */
    default int followedOrdinal() {
        return -1;
    }

    /** Whether the value can change although it follows no point, so that it has to be sampled. */
    default boolean isSampled() {
        return false;
    }

    /** A point of the table. */
    record Live(int ordinal) implements SlotValue {
        @Override
        public DataValue read(LiveValues live, TwinInstance instance, List<String> locales) {
            return live.point(instance, ordinal);
        }

        @Override
        public int followedOrdinal() {
            return ordinal;
        }
    }

    /** A value derived from a point, such as ValueAsText: it changes when the point changes. */
    record Derived(int ordinal, Derivation derivation) implements SlotValue {
        /** Computes the value from the point's. */
        @FunctionalInterface
        interface Derivation {
            DataValue derive(DataValue point, List<String> locales);
        }

        @Override
        public DataValue read(LiveValues live, TwinInstance instance, List<String> locales) {
            return derivation.derive(live.point(instance, ordinal), locales);
        }

        @Override
        public int followedOrdinal() {
            return ordinal;
        }
    }

    /** A constant of the type, the same for all instances, in the session's language if it is a text. */
    record OfType(Function<List<String>, Variant> value) implements SlotValue {
        @Override
        public DataValue read(LiveValues live, TwinInstance instance, List<String> locales) {
            return live.fixed(value.apply(locales));
        }
    }

    /** A constant of the instance, in the session's language if it is a text. */
    record OfInstance(BiFunction<TwinInstance, List<String>, Variant> value) implements SlotValue {
        @Override
        public DataValue read(LiveValues live, TwinInstance instance, List<String> locales) {
            return live.fixed(value.apply(instance, locales));
        }
    }

    /** The NodeVersion of the twin: changes with a reload only. */
    record NodeVersion() implements SlotValue {
        @Override
        public DataValue read(LiveValues live, TwinInstance instance, List<String> locales) {
            return live.fixed(new Variant(live.nodeVersion(instance)));
        }
    }

    /** The NodeVersion of the twin's {@code Runs}: changes as runs come and go. */
    record RunsVersion() implements SlotValue {
        @Override
        public DataValue read(LiveValues live, TwinInstance instance, List<String> locales) {
            return live.fixed(new Variant(live.runsVersion(instance)));
        }

        @Override
        public boolean isSampled() {
            return true;
        }
    }

    /** A value computed at the moment of reading. */
    record Sampled(Computation computation) implements SlotValue {
        /** Computes the value. */
        @FunctionalInterface
        interface Computation {
            DataValue compute(LiveValues live, TwinInstance instance, List<String> locales);
        }

        @Override
        public DataValue read(LiveValues live, TwinInstance instance, List<String> locales) {
            return computation.compute(live, instance, locales);
        }

        @Override
        public boolean isSampled() {
            return true;
        }
    }
}
