package org.uatwin.simulation.scenario;

import java.util.List;

/** What a what-if comes back with: an answer, or the arguments that cannot be used. */
public sealed interface WhatIfResult {
    /** The call was well formed; {@link WhatIfAnswer#success()} says whether the data carried an answer. */
    record Answered(WhatIfAnswer answer) implements WhatIfResult {}

    /** The call was not well formed; nothing was computed. */
    record Invalid(List<InvalidParameter> problems) implements WhatIfResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
