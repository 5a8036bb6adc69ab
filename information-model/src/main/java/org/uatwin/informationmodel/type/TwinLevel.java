package org.uatwin.informationmodel.type;

/** The four levels of a twin (information model 4.3). */
public enum TwinLevel {
    COMPONENT("ComponentTwinType"),
    ASSET("AssetTwinType"),
    SYSTEM("SystemTwinType"),
    PROCESS("ProcessTwinType");

    private final String baseType;

    TwinLevel(String baseType) {
        this.baseType = baseType;
    }

    /** BrowseName of the ObjectType every type of this level derives from. */
    public String baseType() {
        return baseType;
    }
}
