package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;

/**
 * A type of the plant file in two readings.
 *
 * @param before empty for a new type.
 * @param after empty for a type that is gone.
 */
public record TypeChange(Optional<TwinType> before, Optional<TwinType> after) {
    public TypeChange {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a change needs a type before or after it");
        }
    }

    public String name() {
        return before.or(() -> after).orElseThrow().name();
    }

    /**
     * What breaks clients that rely on the type (contracts section 7): members that are gone, or whose value has another
     * data type, shape or kind; one line each, empty if there is none. Other units, ranges and texts break nobody.
     */
    public List<String> breaking() {
        if (before.isEmpty()) {
            return List.of();
        }
        if (after.isEmpty()) {
            return List.of("breaking: the type %s is gone".formatted(name()));
        }
        List<String> lines = new ArrayList<>();
        for (Member member : before.get().members()) {
            Optional<Member> now = after.get().members().stream()
                    .filter(other -> other.name().equals(member.name()))
                    .findFirst();
            String what = now.map(other -> difference(member, other)).orElse("is gone");
            if (!what.isEmpty()) {
                lines.add("breaking: type %s: %s %s%s".formatted(name(), member.name(), what, advice()));
            }
        }
        if (before.get().isWatched() && !after.get().isWatched()) {
            lines.add("breaking: type %s: its twins are no longer watched, so that HealthScore and the other points of"
                            .formatted(name())
                    + " their maintenance are gone" + advice());
        }
        if (!before.get()
                .superType()
                .map(TwinType::name)
                .equals(after.get().superType().map(TwinType::name))) {
            lines.add("breaking: type %s extends another type%s".formatted(name(), advice()));
        }
        return lines;
    }

    private static String difference(Member before, Member after) {
        if (before instanceof Member.Point old && after instanceof Member.Point now) {
            if (old.dataType() != now.dataType() || old.arrayLength() != now.arrayLength()) {
                return "is %s now, it was %s".formatted(shape(now), shape(old));
            }
            if (old.kind() != now.kind()) {
                return "is of the kind %s now, it was %s".formatted(now.kind(), old.kind());
            }
            return old.isWritable() && !now.isWritable() ? "can no longer be written" : "";
        }
        return before.getClass() == after.getClass() ? "" : "is a member of another kind now";
    }

    private static String shape(Member.Point point) {
        String type = point.dataType().uaName();
        return point.isArray() ? "%s[%d]".formatted(type, point.arrayLength()) : type;
    }

    private String advice() {
        boolean isRaised = major(after.orElseThrow()) > major(before.orElseThrow());
        return isRaised
                ? ""
                : ". Fix: keep the member, or raise version from %s to %d.0.0 so that clients can tell"
                        .formatted(before.orElseThrow().version(), major(before.orElseThrow()) + 1);
    }

    private static int major(TwinType type) {
        return Integer.parseInt(type.version().substring(0, type.version().indexOf('.')));
    }
}
