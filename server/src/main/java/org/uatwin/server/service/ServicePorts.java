package org.uatwin.server.service;

import org.uatwin.server.access.PermissionSource;
import org.uatwin.server.event.NotifierTree;

/**
 * What the services need of our own address spaces. Installed with {@link TwinServer#use(ServicePorts)} once they exist;
 * until then every port is empty and only Milo's nodes answer.
 */
public record ServicePorts(
        PermissionSource permissions,
        NameLookup names,
        AsyncWriter writer,
        AsyncCaller caller,
        AsyncHistory history,
        EuRanges euRanges,
        PushedNodes pushed,
        NotifierTree notifiers) {

    public static ServicePorts none() {
        return new ServicePorts(
                PermissionSource.NONE,
                NameLookup.NONE,
                AsyncWriter.NONE,
                AsyncCaller.NONE,
                AsyncHistory.NONE,
                EuRanges.NONE,
                PushedNodes.NONE,
                NotifierTree.SERVER_ONLY);
    }

    public ServicePorts withPermissions(PermissionSource value) {
        return new ServicePorts(value, names, writer, caller, history, euRanges, pushed, notifiers);
    }

    public ServicePorts withNames(NameLookup value) {
        return new ServicePorts(permissions, value, writer, caller, history, euRanges, pushed, notifiers);
    }

    public ServicePorts withWriter(AsyncWriter value) {
        return new ServicePorts(permissions, names, value, caller, history, euRanges, pushed, notifiers);
    }

    public ServicePorts withCaller(AsyncCaller value) {
        return new ServicePorts(permissions, names, writer, value, history, euRanges, pushed, notifiers);
    }

    public ServicePorts withHistory(AsyncHistory value) {
        return new ServicePorts(permissions, names, writer, caller, value, euRanges, pushed, notifiers);
    }

    public ServicePorts withEuRanges(EuRanges value) {
        return new ServicePorts(permissions, names, writer, caller, history, value, pushed, notifiers);
    }

    public ServicePorts withPushed(PushedNodes value) {
        return new ServicePorts(permissions, names, writer, caller, history, euRanges, value, notifiers);
    }

    public ServicePorts withNotifiers(NotifierTree value) {
        return new ServicePorts(permissions, names, writer, caller, history, euRanges, pushed, value);
    }
}
