package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers in brackets below a key. */
final class Numbers {
    private Numbers() {}

    /** Two numbers as they stand. */
    record Pair(double first, double second) {}

    /** One number or a list of them; empty if the key is absent. */
    static List<Double> list(Section s, String key) {
        Yaml node = s.node(key);
        List<Double> numbers = new ArrayList<>();
        if (node instanceof Yaml.Sequence list) {
            list.items().forEach(item -> s.number(item, key).ifPresent(numbers::add));
        } else if (node != null) {
            s.number(node, key).ifPresent(numbers::add);
        }
        return numbers;
    }

    /** Two numbers; empty, with a finding if the key is there, if they are not. */
    static Optional<Pair> pair(Section s, String key) {
        Yaml node = s.node(key);
        return node == null ? Optional.empty() : pair(s, key, node);
    }

    private static Optional<Pair> pair(Section s, String key, Yaml node) {
        if (node instanceof Yaml.Sequence pair && pair.items().size() == 2) {
            OptionalDouble first = s.number(pair.items().get(0), key);
            OptionalDouble second = s.number(pair.items().get(1), key);
            return first.isPresent() && second.isPresent()
                    ? Optional.of(new Pair(first.getAsDouble(), second.getAsDouble()))
                    : Optional.empty();
        }
        s.findings()
                .error(
                        s.context().spot(node, s.scope()),
                        s.subject(),
                        "%s must be two numbers in brackets, this is %s".formatted(key, node.kind()))
                .fix("write for example [4, 20].");
        return Optional.empty();
    }

    /** Pairs of numbers; those that are none are left out with a finding. */
    static List<Pair> pairs(Section s, String key) {
        Yaml node = s.node(key);
        List<Pair> pairs = new ArrayList<>();
        if (node instanceof Yaml.Sequence list) {
            list.items().forEach(item -> pair(s, key, item).ifPresent(pairs::add));
        } else if (node != null) {
            s.error(key, "%s must be a list of pairs, this is %s".formatted(key, node.kind()))
                    .fix("write for example %s: [[0, 0], [10, 50]].".formatted(key));
        }
        return pairs;
    }

    /** A number above 0, or 0 and more; the default of the key if it is absent; empty with a finding if it is not. */
    static OptionalDouble atLeastZero(Section s, String key, boolean mayBeZero) {
        OptionalDouble number = s.number(key);
        if (number.isPresent() && !(number.getAsDouble() > 0 || (mayBeZero && number.getAsDouble() == 0))) {
            s.error(
                            key,
                            "%s must be %s: %s"
                                    .formatted(
                                            key,
                                            mayBeZero ? "0 or more" : "above 0",
                                            Section.plain(number.getAsDouble())))
                    .fix("write a number %s.".formatted(mayBeZero ? "of 0 or more" : "above 0"));
            return OptionalDouble.empty();
        }
        return number;
    }
}
