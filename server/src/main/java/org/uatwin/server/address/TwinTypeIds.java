package org.uatwin.server.address;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.informationmodel.type.TwinType;

/** NodeIds of the type nodes and their members. Any thread. */
public interface TwinTypeIds {
    /** NodeId of the type's ObjectType. */
    NodeId typeId(TwinType type);

    /** NodeId of the base type of a level, such as AssetTwinType. */
    NodeId levelId(TwinLevel level);

    /** NodeId of the instance declaration of a member path such as {@code MethodSet/WhatIf}. */
    NodeId memberId(TwinType type, String path);
}
