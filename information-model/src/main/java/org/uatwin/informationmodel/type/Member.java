package org.uatwin.informationmodel.type;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.value.ValueType;

/** One member of a twin type. BrowseNames match {@code [A-Za-z][A-Za-z0-9]*} and are unique within a type. */
public sealed interface Member {
    String name();

    Text displayName();

    Text description();

    /**
     * A live value.
     *
     * @param kind the VariableType it is shown as.
     * @param arrayLength 0 for a scalar, else the fixed number of elements of the one-dimensional array.
     * @param unit present for analog points, waveforms and counters.
     * @param euRange the typical range (EURange); present for analog points and waveforms. Values outside it are legal.
     * @param instrumentRange the range the sensor can show; values outside it are clamped by the sensor.
     * @param validity a value outside it is a sensor failure (Bad_SensorFailure).
     * @param isWritable a setpoint: a client's write goes to the device.
     * @param trueState text of TRUE for two-state points; EMPTY otherwise.
     * @param falseState text of FALSE for two-state points; EMPTY otherwise.
     * @param enumTexts values and texts of multi-state points; empty otherwise.
     * @param group functional group the point is organised in, for example {@code Operational}; never empty.
     * @param isHistorized whether the historian keeps it.
     */
    record Point(
            String name,
            Text displayName,
            Text description,
            PointKind kind,
            ValueType dataType,
            int arrayLength,
            Optional<EngineeringUnit> unit,
            Optional<Range> euRange,
            Optional<Range> instrumentRange,
            Optional<Range> validity,
            Limits limits,
            boolean isWritable,
            Text trueState,
            Text falseState,
            List<EnumText> enumTexts,
            String group,
            boolean isHistorized)
            implements Member {
        public Point {
            MemberName.check(name);
            enumTexts = List.copyOf(enumTexts);
            if (arrayLength < 0) {
                throw new IllegalArgumentException("arrayLength must be 0 or more: " + arrayLength);
            }
            if (kind == PointKind.ANALOG && (unit.isEmpty() || euRange.isEmpty())) {
                throw new IllegalArgumentException(name + ": an analog point needs a unit and an EURange");
            }
            if (kind == PointKind.WAVEFORM
                    && (unit.isEmpty() || euRange.isEmpty() || arrayLength == 0 || !dataType.isFloating())) {
                throw new IllegalArgumentException(
                        name + ": a waveform is an array of Double or Float, with a unit and an" + " EURange");
            }
            if (kind == PointKind.COUNTER && unit.isEmpty()) {
                throw new IllegalArgumentException(name + ": a counter needs a unit");
            }
            if (kind == PointKind.TWO_STATE && dataType != ValueType.BOOLEAN) {
                throw new IllegalArgumentException(name + ": a two-state point is a Boolean, not " + dataType);
            }
            if (kind == PointKind.MULTI_STATE && (enumTexts.isEmpty() || !dataType.isInteger())) {
                throw new IllegalArgumentException(name + ": a multi-state point is an integer with enum texts");
            }
        }

        public boolean isArray() {
            return arrayLength > 0;
        }
    }

    /**
     * A method served by the twin's simulation model, for example {@code WhatIf}; its signature is fixed by the
     * product (contracts section 4), a type only says that it has it.
     */
    record Method(String name, Text displayName, Text description, String group) implements Member {
        public Method {
            MemberName.check(name);
        }
    }

    /**
     * A constant of the type or the instance: rated values and the like, read only.
     *
     * @param value the type's default; an instance may override it in the plant file; empty means: must be given.
     */
    record Rating(
            String name,
            Text displayName,
            Text description,
            EngineeringUnit unit,
            OptionalDouble value,
            Optional<Range> range)
            implements Member {
        public Rating {
            MemberName.check(name);
        }
    }
}
