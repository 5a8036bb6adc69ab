package org.uatwin.plcadapters.conditioning;

import org.uatwin.informationmodel.value.ValueType;

/** Arrays of numbers in the form their data type has in the table. */
final class ArrayForm {
    private ArrayForm() {}

    /** {@code double[]} for floating types, else {@code long[]}, rounded and held within the type. */
    static Object of(ValueType type, double[] numbers) {
        if (type.isFloating()) {
            return numbers;
        }
        long[] integers = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            integers[i] = type.fromDouble(Math.max(type.minimum(), Math.min(type.maximum(), numbers[i])));
        }
        return integers;
    }
}
