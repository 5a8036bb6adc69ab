package org.uatwin.server.virtual.fault;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A fault somebody wants: kind and parameters are checked, whether the target exists is not yet.
 *
 * @param target as {@link FaultKind.Target#form} says.
 * @param parameters every parameter of the kind, defaults filled in.
 */
public record FaultOrder(String target, FaultKind kind, Map<String, Double> parameters) {
    public FaultOrder {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads kind and parameters.
     *
     * @param given parameter texts by name.
     * @throws FaultException with what would be right.
     */
    public static FaultOrder of(String target, String kind, Map<String, String> given) {
        FaultKind known = FaultKind.of(kind)
                .orElseThrow(() -> new FaultException("there is no fault \"%s\". Fix: use one of %s"
                        .formatted(
                                kind,
                                Arrays.stream(FaultKind.values())
                                        .map(FaultKind::text)
                                        .collect(Collectors.joining(", ")))));
        Map<String, Double> values = new LinkedHashMap<>();
        for (FaultParameter parameter : known.parameters()) {
            values.put(parameter.name(), value(known, parameter, given.get(parameter.name())));
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new FaultException(
                        "%s has no parameter \"%s\". Fix: %s".formatted(known.text(), name, known.usage()));
            }
        }
        return new FaultOrder(target, known, values);
    }

    private static double value(
            FaultKind kind, FaultParameter parameter, @org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return parameter
                    .byDefault()
                    .orElseThrow(() -> new FaultException("%s needs %s, %s. Fix: %s"
                            .formatted(kind.text(), parameter.name(), parameter.doc(), kind.usage())));
        }
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new FaultException("%s of %s is no number: \"%s\"".formatted(parameter.name(), kind.text(), text));
        }
        if (!(value >= parameter.low() && value <= parameter.high())) {
            throw new FaultException("%s of %s must be %s..%s: %s"
                    .formatted(parameter.name(), kind.text(), number(parameter.low()), number(parameter.high()), text));
        }
        return value;
    }

    /** The value of a parameter of the kind. */
    public double get(String parameter) {
        Double value = parameters.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException(kind.text() + " has no " + parameter);
        }
        return value;
    }

    /** {@code offset=4 ...}, empty if the kind has none. */
    public String parameterText() {
        return parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + number(e.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** A number without exponent where it is short, never with a needless {@code .0}. */
    public static String number(double value) {
        if (!Double.isFinite(value) || Math.abs(value) >= 1e9 || (value != 0 && Math.abs(value) < 1e-6)) {
            return String.valueOf(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0).toPlainString() : exact.toPlainString();
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(target, kind.text(), parameterText()).strip();
    }
}
