package org.uatwin.server.address;

import org.uatwin.server.engine.TwinInstance;

/** Whether an instance has an optional slot. */
@FunctionalInterface
interface Presence {
    Presence ALWAYS = instance -> true;

    boolean isPresent(TwinInstance instance);
}
