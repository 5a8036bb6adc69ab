package org.uatwin.server.types;

import static java.util.Map.entry;

import java.util.Map;

/** The types of namespace 0 that the tables name, with their numeric ids (OPC UA Part 6, NodeIds.csv). */
final class BaseNames {

    static final Map<String, Integer> IDS = Map.ofEntries(
            entry("Boolean", 1),
            entry("Byte", 3),
            entry("UInt16", 5),
            entry("Int32", 6),
            entry("UInt32", 7),
            entry("Int64", 8),
            entry("Double", 11),
            entry("String", 12),
            entry("DateTime", 13),
            entry("ByteString", 15),
            entry("NodeId", 17),
            entry("QualifiedName", 20),
            entry("LocalizedText", 21),
            entry("BaseDataType", 24),
            entry("Number", 26),
            entry("UInteger", 28),
            entry("Enumeration", 29),
            entry("Image", 30),
            entry("Duration", 290),
            entry("UtcTime", 294),
            entry("Range", 884),
            entry("EUInformation", 887),
            entry("EnumValueType", 7594),
            entry("BaseObjectType", 58),
            entry("FolderType", 61),
            entry("BaseDataVariableType", 63),
            entry("PropertyType", 68),
            entry("StateType", 2307),
            entry("TransitionType", 2310),
            entry("BaseEventType", 2041),
            entry("ProgramStateMachineType", 2391),
            entry("FiniteStateVariableType", 2760),
            entry("FiniteStateMachineType", 2771),
            entry("MultiStateValueDiscreteType", 11238),
            entry("AnalogUnitType", 17497),
            entry("AnalogUnitRangeType", 17570),
            entry("BaseInterfaceType", 17602),
            entry("InstrumentDiagnosticAlarmType", 18347),
            entry("HasComponent", 47),
            entry("HasAddIn", 17604));

    private BaseNames() {}
}
