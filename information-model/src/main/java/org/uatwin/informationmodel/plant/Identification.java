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
        Optional<Integer> yearOfConstruction) {}
