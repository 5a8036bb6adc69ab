package org.uatwin.informationmodel.type;

/** One value of a multi-state point with its text (OPC UA EnumValueType). */
public record EnumText(long value, Text text) {}
