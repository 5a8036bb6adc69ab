package org.uatwin.informationmodel.plant;

import java.util.Optional;
import org.uatwin.informationmodel.type.Text;

/**
 * Name plate of an asset (OPC UA Machinery, MachineIdentificationType; DI nameplate).
 *
 * @param manufacturer mandatory in the model; the plant file may leave it out, then it is {@code unknown}.
 * @param serialNumber likewise; default the twin id.
 * @param productInstanceUri globally unique; default made from site id and twin id.
 */
public record Identification(
        Text manufacturer,
        String serialNumber,
        String productInstanceUri,
        Optional<Text> model,
        Optional<String> productCode,
        Optional<String> hardwareRevision,
        Optional<String> softwareRevision,
        Optional<String> assetId,
        Optional<String> location,
        Optional<Integer> yearOfConstruction) {
    /** Nothing given: one shared object for all such twins; the per-twin defaults are filled in when asked for. */
    static final Identification NOTHING_GIVEN = new Identification(
            Text.of("unknown"),
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** This name plate with an empty serial number and URI replaced by those made of site and twin id. */
    Identification completedFor(String siteId, String twinId) {
        return new Identification(
                manufacturer,
                serialNumber.isEmpty() ? twinId : serialNumber,
                productInstanceUri.isEmpty() ? "urn:uatwin:site:%s:%s".formatted(siteId, twinId) : productInstanceUri,
                model,
                productCode,
                hardwareRevision,
                softwareRevision,
                assetId,
                location,
                yearOfConstruction);
    }
}
