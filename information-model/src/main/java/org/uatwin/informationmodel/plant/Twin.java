package org.uatwin.informationmodel.plant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.control.ControlRules;
import org.uatwin.informationmodel.maintenance.AssetMaintenance;
import org.uatwin.informationmodel.monitoring.PointWatch;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.informationmodel.type.TwinType;

/**
 * One twin of the plant, immutable and small: a million points are tens of thousands of these.
 *
 * <p>Its points are those of its type in order; {@link #binding(int)} says where point {@code ordinal} comes from.
 */
public final class Twin {
    private final String siteId;
    private final String id;
    private final TwinType type;
    private final Text displayName;
    private final Text description;
    private final Place place;
    private final Optional<String> parentId;
    private final Identification identification;
    private final Map<String, Double> ratings;
    private final Map<String, Double> modelParameters;
    private final Map<String, ModelTable> modelTables;
    private final boolean isFollowed;
    private final BindingLayout bindings;
    private final long bases;
    private final Treatments treatments;
    private final List<String> aliases;
    private final ControlRules control;
    private final AssetMaintenance maintenance;

    /**
     * @param bindings one per declared point of the type; shared with the other twins of such a layout.
     * @param bases where the twin's addresses begin, as {@link BindingLayout#bases} gives it.
     * @param treatments what is done with the points' values; shared as well.
     * @param ratings values of the type's ratings that differ from the type's defaults.
     * @param modelParameters parameters of the simulation model that differ from its defaults.
     * @param modelTables tables of the simulation model by name, instead of its defaults.
     * @param isFollowed whether its model is brought in line with what is measured, as far as it can be.
     * @param aliases former ids that stay resolvable.
     * @param control what may be sent to its setpoints.
     * @param maintenance what its maintenance takes and costs, what its type says included.
     */
    Twin(
            String siteId,
            String id,
            TwinType type,
            Text displayName,
            Text description,
            Place place,
            Optional<String> parentId,
            Identification identification,
            Map<String, Double> ratings,
            Map<String, Double> modelParameters,
            Map<String, ModelTable> modelTables,
            boolean isFollowed,
            BindingLayout bindings,
            long bases,
            Treatments treatments,
            List<String> aliases,
            ControlRules control,
            AssetMaintenance maintenance) {
        if (bindings.size() != type.declaredPoints().size()) {
            throw new IllegalArgumentException("%s has %d points, not %d"
                    .formatted(type, type.declaredPoints().size(), bindings.size()));
        }
        this.siteId = siteId;
        this.id = id;
        this.type = type;
        this.displayName = displayName;
        this.description = description;
        this.place = place;
        this.parentId = parentId;
        this.identification = identification;
        this.ratings = Map.copyOf(ratings);
        this.modelParameters = Map.copyOf(modelParameters);
        this.modelTables = Map.copyOf(modelTables);
        this.isFollowed = isFollowed;
        this.bindings = bindings;
        this.bases = bases;
        this.treatments = treatments;
        this.aliases = List.copyOf(aliases);
        this.control = control;
        this.maintenance = maintenance;
    }

    public String id() {
        return id;
    }

    public TwinType type() {
        return type;
    }

    /** Shown name; EMPTY means: show the id. */
    public Text displayName() {
        return displayName;
    }

    public Text description() {
        return description;
    }

    public Place place() {
        return place;
    }

    public Optional<String> parentId() {
        return parentId;
    }

    /** The name plate, with the defaults made of site id and twin id filled in. */
    public Identification identification() {
        return identification.completedFor(siteId, id);
    }

    public Map<String, Double> ratings() {
        return ratings;
    }

    public Map<String, Double> modelParameters() {
        return modelParameters;
    }

    public Map<String, ModelTable> modelTables() {
        return modelTables;
    }

    /** Whether its model is brought in line with what is measured, as far as it can be. */
    public boolean isFollowed() {
        return isFollowed;
    }

    /** Binding of the point with that ordinal; null if it is not bound, or cannot be. */
    public @Nullable Binding binding(int ordinal) {
        return ordinal < bindings.size() ? bindings.binding(ordinal, bases) : null;
    }

    /** What is done with the values of the point with that ordinal; {@link Treatment#NONE} if nothing is. */
    public Treatment treatment(int ordinal) {
        return treatments.of(ordinal);
    }

    /** What is watched of its points over time, by ordinal; those only of which anything is. */
    public Map<Integer, PointWatch> watches() {
        return treatments.watches();
    }

    /** Whether the server watches its health: its type says so, and there is something to watch. */
    public boolean isWatched() {
        return type.isWatched()
                && (bindings.hasSource()
                        || type.level() == TwinLevel.SYSTEM
                        || type.level() == TwinLevel.PROCESS
                        || maintenance.hasLives());
    }

    /** Whether any point is computed from others. */
    public boolean isComputed() {
        return bindings.isComputed();
    }

    /** Whether any point has a treatment. */
    public boolean isTreated() {
        return !treatments.byOrdinal().isEmpty();
    }

    /** Points that can be bound. */
    public int pointCount() {
        return bindings.size();
    }

    public List<String> aliases() {
        return aliases;
    }

    /** What may be sent to its setpoints, and whether it may do so by itself. */
    public ControlRules control() {
        return control;
    }

    /** What its maintenance takes and costs. */
    public AssetMaintenance maintenance() {
        return maintenance;
    }

    /** Whether the plant file says the same of both: a reload leaves equal twins alone. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Twin that
                        && id.equals(that.id)
                        && bases == that.bases
                        && siteId.equals(that.siteId)
                        && type.equals(that.type)
                        && displayName.equals(that.displayName)
                        && description.equals(that.description)
                        && place.equals(that.place)
                        && parentId.equals(that.parentId)
                        && identification.equals(that.identification)
                        && ratings.equals(that.ratings)
                        && modelParameters.equals(that.modelParameters)
                        && modelTables.equals(that.modelTables)
                        && isFollowed == that.isFollowed
                        && aliases.equals(that.aliases)
                        && treatments.equals(that.treatments)
                        && control.equals(that.control)
                        && maintenance.equals(that.maintenance)
                        && bindings.equals(that.bindings));
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
