package org.uatwin.informationmodel.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A twin type: name, level and an ordered list of members, immutable. The order of the points is the order of their
 * rows in the PointTable, so the point with ordinal {@code i} of a twin has row {@code firstRow + i}. Points the type declares come
 * first, then, if it is watched, those of {@link MaintenancePoints}.
 */
public final class TwinType {
    private final String name;
    private final String version;
    private final TwinLevel level;
    private final Text displayName;
    private final Text description;
    private final Optional<String> modelName;
    private final Optional<TwinType> superType;
    private final boolean isWatched;
    private final List<Member> members;
    private final List<Member.Point> points;
    private final int declaredPoints;
    private final List<Member.Method> methods;
    private final List<Member.Rating> ratings;
    private final Map<String, Integer> pointOrdinals;

    /**
     * @param name BrowseName without the ending {@code Type}, for example {@code CentrifugalPump}.
     * @param version of the declaration, {@code major.minor.patch}; an incompatible change of members raises the major.
     * @param modelName simulation model the methods are served by; empty if the type has none.
     * @throws IllegalArgumentException if two members have the same name.
     */
    public TwinType(
            String name,
            String version,
            TwinLevel level,
            Text displayName,
            Text description,
            Optional<String> modelName,
            List<Member> members) {
        this(name, version, level, displayName, description, modelName, Optional.empty(), false, members);
    }

    /**
     * @param superType the type this one extends; empty: the base type of its level.
     * @param isWatched whether the server watches the health of its twins.
     * @param members all members, the inherited ones first.
     */
    public TwinType(
            String name,
            String version,
            TwinLevel level,
            Text displayName,
            Text description,
            Optional<String> modelName,
            Optional<TwinType> superType,
            boolean isWatched,
            List<Member> members) {
        MemberName.check(name);
        this.name = name;
        this.version = version;
        this.level = level;
        this.displayName = displayName;
        this.description = description;
        this.modelName = modelName;
        this.superType = superType;
        this.isWatched = isWatched;
        this.members = List.copyOf(members);
        Map<String, Member> seen = new HashMap<>();
        List<Member.Point> foundPoints = new ArrayList<>();
        List<Member.Method> foundMethods = new ArrayList<>();
        List<Member.Rating> foundRatings = new ArrayList<>();
        Map<String, Integer> ordinals = new HashMap<>();
        for (Member member : members) {
            if (seen.put(member.name(), member) != null) {
                throw new IllegalArgumentException(name + ": two members are called " + member.name());
            }
            if (member instanceof Member.Point point) {
                ordinals.put(point.name(), foundPoints.size());
                foundPoints.add(point);
            } else if (member instanceof Member.Method method) {
                foundMethods.add(method);
            } else if (member instanceof Member.Rating rating) {
                foundRatings.add(rating);
            } else {
                throw new AssertionError(member);
            }
        }
        declaredPoints = foundPoints.size();
        if (isWatched) {
            for (Member.Point point : MaintenancePoints.beside(seen.keySet())) {
                ordinals.put(point.name(), foundPoints.size());
                foundPoints.add(point);
            }
        }
        points = List.copyOf(foundPoints);
        methods = List.copyOf(foundMethods);
        ratings = List.copyOf(foundRatings);
        pointOrdinals = Map.copyOf(ordinals);
    }

    public String name() {
        return name;
    }

    /** BrowseName of the ObjectType, for example {@code CentrifugalPumpType}. */
    public String typeBrowseName() {
        return name + "Type";
    }

    public String version() {
        return version;
    }

    public TwinLevel level() {
        return level;
    }

    public Text displayName() {
        return displayName;
    }

    public Text description() {
        return description;
    }

    public Optional<String> modelName() {
        return modelName;
    }

    /** The type this one extends; empty: it derives from the base type of its level. */
    public Optional<TwinType> superType() {
        return superType;
    }

    /** All members, those taken over from the extended type included. */
    public List<Member> members() {
        return members;
    }

    /** The points with rows: those declared, then those the server gives to twins it watches. */
    public List<Member.Point> points() {
        return points;
    }

    /** The points a plant file can bind. */
    public List<Member.Point> declaredPoints() {
        return points.subList(0, declaredPoints);
    }

    /** Whether the server watches the health of its twins: they have {@link MaintenancePoints}. */
    public boolean isWatched() {
        return isWatched;
    }

    public List<Member.Method> methods() {
        return methods;
    }

    public List<Member.Rating> ratings() {
        return ratings;
    }

    /** Ordinal of a point among {@link #points()}; -1 if the type has no point of that name. */
    public int pointOrdinal(String pointName) {
        return pointOrdinals.getOrDefault(pointName, -1);
    }

    /** Equal declarations are interchangeable: two readings of one file give equal types. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TwinType that
                        && name.equals(that.name)
                        && version.equals(that.version)
                        && level == that.level
                        && displayName.equals(that.displayName)
                        && description.equals(that.description)
                        && modelName.equals(that.modelName)
                        && superType.equals(that.superType)
                        && isWatched == that.isWatched
                        && members.equals(that.members));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
