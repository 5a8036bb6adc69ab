package org.uatwin.plcadapters.mqtt;

import java.nio.file.Path;
import java.util.Optional;

/** Files for TLS: certificates of authorities, our own certificate and its key, all PEM; the key PKCS#8. */
public record MqttFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    public static final MqttFiles NONE = new MqttFiles(Optional.empty(), Optional.empty(), Optional.empty());
}
