package org.uatwin.server.virtual.fault;

import java.util.OptionalDouble;

/**
 * A parameter of a kind of fault.
 *
 * @param byDefault empty: it must be given.
 * @param low smallest value allowed.
 * @param high largest value allowed.
 * @param doc what it means, with its unit.
 */
public record FaultParameter(String name, OptionalDouble byDefault, double low, double high, String doc) {
    static FaultParameter required(String name, double low, double high, String doc) {
        return new FaultParameter(name, OptionalDouble.empty(), low, high, doc);
    }

    static FaultParameter optional(String name, double byDefault, double low, double high, String doc) {
        return new FaultParameter(name, OptionalDouble.of(byDefault), low, high, doc);
    }

    /** {@code offset=N}, or {@code [code=4]} if it may be left out. */
    String usage() {
        return byDefault.isEmpty()
                ? name + "=N"
                : "[%s=%s]".formatted(name, FaultOrder.number(byDefault.getAsDouble()));
    }
}
