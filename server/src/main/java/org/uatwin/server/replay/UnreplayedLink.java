package org.uatwin.server.replay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A connection whose protocol records nothing: its points keep waiting for initial data. */
final class UnreplayedLink implements Link {
    private final Connection connection;

    UnreplayedLink(Connection connection) {
        this.connection = connection;
    }

    private String cause() {
        return "%s: the adapter of \"%s\" replays no recordings".formatted(connection.name(), connection.protocol());
    }

    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public void start() {
        // nothing will come
    }

    @Override
    public CompletionStage<WriteResult> write(WriteCommand command) {
        return CompletableFuture.completedStage(new WriteResult(StatusCode.BAD_NOT_WRITABLE, cause()));
    }

    @Override
    public LinkStatistics statistics() {
        return LinkStatistics.of(LinkStatistics.State.CLOSED, connection.endpoint(), cause(), UaTime.NONE);
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        return new PointDiagnostics("", cause(), UaTime.NONE);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
