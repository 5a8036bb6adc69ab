package org.uatwin.informationmodel.plant;

/**
 * One device behind a connection.
 *
 * @param connection name of its connection.
 * @param name unique within the connection.
 * @param unitId 0..255; 1..247 on serial lines.
 * @param demotionFailures successive failed polls after which the device is demoted.
 */
public record ModbusDevice(String connection, String name, int unitId, DeviceLimits limits, int demotionFailures)
        implements Connection.Device {
    public ModbusDevice {
        if (unitId < 0 || unitId > 255) {
            throw new IllegalArgumentException("unitId must be 0..255: " + unitId);
        }
        if (demotionFailures < 1) {
            throw new IllegalArgumentException("demotionFailures must be 1 or more: " + demotionFailures);
        }
    }
}
