package org.uatwin.informationmodel.plant;

import java.util.List;
import java.util.Optional;

/**
 * The protocols a plant file may name beside Modbus: port towards whoever speaks them, so that their keys and addresses
 * are checked where they stand in the file. Any thread.
 */
public interface ProtocolCatalog {
    /** No protocol but Modbus. */
    ProtocolCatalog MODBUS_ONLY = List::of;

    /** Every protocol; no name twice. */
    List<ProtocolSyntax> protocols();

    /** How to add a protocol that the product has, but that is not installed; empty for all others. */
    default Optional<String> howToAdd(String protocol) {
        return Optional.empty();
    }

    /** The protocol with that value of {@code protocol:}. */
    default Optional<ProtocolSyntax> named(String protocol) {
        return protocols().stream().filter(p -> p.names().contains(protocol)).findFirst();
    }
}
