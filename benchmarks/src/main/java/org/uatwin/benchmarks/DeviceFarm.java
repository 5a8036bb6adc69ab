package org.uatwin.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/**
 * Virtual devices in a JVM of their own: {@code DeviceFarm LIVE DEAD} opens a port for each. A dead one takes connections
 * and says nothing. Prints {@code ready PORT,PORT,...}, the live ones first; obeys {@code requests} of its input.
 */
final class DeviceFarm {
    private static final int REGISTERS = 200;

    private DeviceFarm() {}

    public static void main(String[] args) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        List<VirtualModbusServer> live = new ArrayList<>();
        List<ServerSocket> dead = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            VirtualModbusServer device = VirtualModbusServer.start(loopback, 0);
            device.unit(1).size(REGISTERS);
            live.add(device);
            ports.add("" + device.port());
        }
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            ServerSocket silent = new ServerSocket(0, 50, loopback);
            dead.add(silent);
            ports.add("" + silent.getLocalPort());
        }
        System.out.println("ready " + String.join(",", ports));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println("count "
                    + live.stream().mapToLong(VirtualModbusServer::requests).sum());
        }
        live.forEach(VirtualModbusServer::close);
        for (ServerSocket socket : dead) {
            socket.close();
        }
    }
}
