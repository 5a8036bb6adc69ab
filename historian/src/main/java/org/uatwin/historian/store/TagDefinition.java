package org.uatwin.historian.store;

import java.util.Objects;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Which variable a tag is and what its samples look like.
 *
 * @param site id of the site, for example {@code plant1}.
 * @param twinId id of the twin, unique in its site.
 * @param member path of the member below the twin, for example {@code DischargePressure} or {@code Motor/Current}.
 * @param arrayLength 0 for a scalar, else the fixed number of elements.
 */
public record TagDefinition(String site, String twinId, String member, ValueType type, int arrayLength) {
    public TagDefinition {
        if (site.isEmpty() || twinId.isEmpty() || member.isEmpty()) {
            throw new IllegalArgumentException(
                    "site, twin id and member are never empty: \"%s\" \"%s\" \"%s\"".formatted(site, twinId, member));
        }
        Objects.requireNonNull(type, "type");
        if (arrayLength < 0) {
            throw new IllegalArgumentException("arrayLength must be 0 or more: " + arrayLength);
        }
    }

    /** Whether samples are carried in 64 bits; Strings and arrays are objects. */
    public boolean isScalar() {
        return arrayLength == 0 && type.isPrimitive();
    }

    /** The same variable under the id its twin had before. */
    public TagDefinition withTwinId(String otherTwinId) {
        return new TagDefinition(site, otherTwinId, member, type, arrayLength);
    }

    /** {@code twin/member}, as a plant engineer writes it. */
    public String path() {
        return twinId + "/" + member;
    }
}
