package org.uatwin.server.method;

import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** Structures among the arguments of a call, which Milo 1.1.2 hands over encoded (#1799). */
public final class StructureArguments {
    private StructureArguments() {}

    /** The same arguments with structures decoded; one that cannot be decoded stays as it is, so that its type does not fit. */
    public static Variant @Nullable [] decoded(Variant @Nullable [] given, EncodingContext encoding) {
        if (given == null) {
            return null;
        }
        Variant[] decoded = given.clone();
        for (int i = 0; i < decoded.length; i++) {
            if (decoded[i] != null && decoded[i].value() instanceof ExtensionObject object && !object.isNull()) {
                try {
                    decoded[i] = new Variant(object.decode(encoding));
                } catch (UaSerializationException e) {
                    decoded[i] = given[i];
                }
            }
        }
        return decoded;
    }
}
