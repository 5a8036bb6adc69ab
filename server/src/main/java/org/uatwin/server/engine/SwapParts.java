package org.uatwin.server.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;

/** What a {@link LivePlantBuilder} found to be done; handed over to the {@link PlantSwap}. */
final class SwapParts {
    /** A row in use that gets its values from elsewhere now; {@code binding} is null if from nowhere. */
    record Rebound(int row, int oldShard, int newShard, @Nullable Binding binding) {}

    /** A point that lies in another row now. */
    record Copy(int from, int to, int shard) {}

    record Constant(int row, Binding.Constant value) {}

    final List<TwinInstance> added = new ArrayList<>();
    final List<TwinInstance> removed = new ArrayList<>();
    final List<PlantSwap.Replaced> replaced = new ArrayList<>();
    final List<TwinInstance> allocated = new ArrayList<>();
    final List<Rebound> rebound = new ArrayList<>();
    final List<Copy> copies = new ArrayList<>();
    final List<Constant> constants = new ArrayList<>();
}
