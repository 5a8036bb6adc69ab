package org.uatwin.informationmodel.type;

/** The OPC UA VariableType a point is shown as (information model, points; ids of namespace 0). */
public enum PointKind {
    /** AnalogUnitRangeType: EngineeringUnits and EURange mandatory. */
    ANALOG(17570),
    /** AnalogUnitType: a counter or total, EngineeringUnits mandatory, no range. */
    COUNTER(17497),
    /** TwoStateDiscreteType: TrueState and FalseState. */
    TWO_STATE(2373),
    /** MultiStateValueDiscreteType: EnumValues and ValueAsText. */
    MULTI_STATE(11238),
    /** YArrayItemType: a curve over time, with its axes (OPC UA Part 8, 5.3.4.3). */
    WAVEFORM(12029),
    /** BaseDataVariableType of a String (MaxStringLength), or of any array. */
    PLAIN(63);

    private final int typeDefinition;

    PointKind(int typeDefinition) {
        this.typeDefinition = typeDefinition;
    }

    /** Numeric NodeId of the VariableType in namespace 0. */
    public int typeDefinition() {
        return typeDefinition;
    }
}
