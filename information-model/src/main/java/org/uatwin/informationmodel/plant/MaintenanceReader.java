package org.uatwin.informationmodel.plant;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.maintenance.AssetMaintenance;
import org.uatwin.informationmodel.maintenance.Crew;
import org.uatwin.informationmodel.maintenance.LifeRule;
import org.uatwin.informationmodel.maintenance.PlantMaintenance;
import org.uatwin.informationmodel.maintenance.TaskRule;
import org.uatwin.informationmodel.maintenance.WorkCalendar;
import org.uatwin.informationmodel.type.MemberName;
import org.uatwin.informationmodel.type.TwinType;

/** Reads {@code maintenance:} of the plant, of types and of twins; a twin gets what its type says where it says nothing itself. */
final class MaintenanceReader {
    private static final Set<String> ALWAYS = Set.of("Overhaul", "Inspection");
    private static final String STANDARD_CURRENCY = "EUR";
    private static final Pattern MONEY = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?) ?([A-Z]{3})(/h)?");

    private final Section.Context context;
    private final ModelCatalog models;
    private final Map<String, AssetMaintenance> byType = new HashMap<>();
    private final Map<String, WorkCalendar> calendars = new LinkedHashMap<>();
    private final List<Crew> crews = new ArrayList<>();
    private String currency = STANDARD_CURRENCY;
    private TaskRule standard = TaskRule.NONE;
    private Findings.@Nullable Spot firstCost;

    MaintenanceReader(Section.Context context, ModelCatalog models) {
        this.context = context;
        this.models = models;
    }

    /** What the file says of the plant; before types and twins, which use its names. */
    PlantMaintenance plant(Section root) {
        Optional<Section> found = root.section("maintenance");
        if (found.isEmpty()) {
            return PlantMaintenance.NONE;
        }
        Section s = found.get();
        currency = currency(s);
        ZoneId zone = CalendarReader.zone(s, ZoneOffset.UTC);
        s.sections("calendars")
                .forEach((name, section) -> calendars.put(name, CalendarReader.read((Section) section, name, zone)));
        s.sections("crews").forEach((name, section) -> crews.add(crew(name, (Section) section)));
        AssetMaintenance of = asset(s, true, name -> true);
        standard = of.standard();
        boolean hasCosts = s.has("currency") || firstCost != null;
        return new PlantMaintenance(hasCosts ? currency : "", crews, of);
    }

    private static String currency(Section s) {
        String code = s.text("currency", STANDARD_CURRENCY);
        boolean isKnown = Currency.getAvailableCurrencies().stream()
                .anyMatch(c -> c.getCurrencyCode().equals(code));
        if (!isKnown) {
            s.error("currency", "\"%s\" is no currency".formatted(code))
                    .fix("write its code of ISO 4217, three capital letters such as EUR or USD.");
            return STANDARD_CURRENCY;
        }
        return code;
    }

    private Crew crew(String name, Section s) {
        return new Crew(name, Math.max(1, s.integer("people")), Set.copyOf(s.texts("skills")), calendar(s, "calendar"));
    }

    private Optional<WorkCalendar> calendar(Section s, String key) {
        Optional<String> name = s.text(key);
        if (name.isPresent() && !calendars.containsKey(name.get())) {
            String fix = calendars.isEmpty()
                    ? "declare it below maintenance: calendars: of the plant file."
                    : Nearest.advice(name.get(), calendars.keySet());
            s.error(key, "there is no calendar \"%s\"".formatted(name.get())).fix(fix);
        }
        return name.map(calendars::get);
    }

    /** What a type says, with what the type it extends says. */
    void type(Section s, Optional<TwinType> base, String model) {
        AssetMaintenance inherited = base.map(b -> byType.get(b.name())).orElse(AssetMaintenance.NONE);
        if (s.node("maintenance") instanceof Yaml.Mapping) {
            inherited = s.section("maintenance")
                    .map(below -> asset(below, false, name -> isMode(model, name)))
                    .orElse(AssetMaintenance.NONE)
                    .or(inherited);
        }
        if (!inherited.equals(AssetMaintenance.NONE)) {
            byType.put(s.subject(), inherited);
        }
    }

    /** What is said of a twin. */
    AssetMaintenance twin(Section s, TwinType type, boolean isFirst) {
        AssetMaintenance ofType = byType.getOrDefault(type.name(), AssetMaintenance.NONE);
        Yaml node = s.node("maintenance");
        if (node == null) {
            return ofType;
        }
        if (!type.isWatched()) {
            s.error("maintenance", "%s is not watched, so its maintenance is not planned".formatted(type.name()))
                    .fix("give the type maintenance: true, or remove the key.");
            return ofType;
        }
        String model = type.modelName().orElse("");
        Optional<Section> found = isFirst || !(node instanceof Yaml.Mapping mapping)
                ? s.section("maintenance")
                : Optional.of(Section.unchecked(context, Keys.MAINTENANCE, mapping, s.scope(), s.subject()));
        return found.map(below -> asset(below, false, name -> ofType.tasks().containsKey(name) || isMode(model, name))
                        .or(ofType))
                .orElse(ofType);
    }

    private boolean isMode(String model, String task) {
        return models.models().isEmpty() || models.failureModes(model).contains(task);
    }

    private AssetMaintenance asset(Section s, boolean isOfPlant, java.util.function.Predicate<String> isKnown) {
        Map<String, TaskRule> tasks = new LinkedHashMap<>();
        for (Yaml.Entry entry : s.entries("tasks")) {
            String name = entry.key().text();
            String subject = s.subject().isEmpty() ? name : s.subject() + "/" + name;
            Optional<Section> found = Section.of(context, Keys.TASK, entry.value(), s.scope(), subject);
            if (found.isPresent() && checkName(s, entry, found.get(), isKnown)) {
                tasks.put(name, task(found.get(), true));
            }
        }
        TaskRule defaults =
                s.section("defaults").map(below -> task(below, false)).orElse(TaskRule.NONE);
        return new AssetMaintenance(
                tasks,
                defaults,
                money(s, "downtimeCost", true),
                money(s, "openingCost", false),
                calendar(s, "standstill"),
                isOfPlant ? Optional.empty() : inService(s));
    }

    private boolean checkName(Section s, Yaml.Entry entry, Section task, java.util.function.Predicate<String> isKnown) {
        String name = entry.key().text();
        if (!MemberName.isValid(name)) {
            context.findings()
                    .error(entry.key(), s.subject(), "\"%s\" is no name of a task".formatted(name))
                    .fix("use ASCII letters and digits, a letter first, for example SealReplacement.");
            return false;
        }
        if (!ALWAYS.contains(name) && !isKnown.test(name) && !task.has("life")) {
            context.findings()
                    .error(entry.key(), s.subject(), "no failure mode of its model is called \"%s\"".formatted(name))
                    .detail("Tasks are failure modes, Overhaul, Inspection, or names of your own with a life.")
                    .fix("check the name (uatwin types, or FailureModes of the twin), or add life: of the part it"
                            + " replaces.");
            return false;
        }
        return true;
    }

    private TaskRule task(Section s, boolean isNamed) {
        if (s.has("life") && !isNamed) {
            s.error("life", "a life belongs to one task, not to the defaults").fix("move it to the task it is of.");
        }
        List<String> skills = s.texts("skills");
        OptionalInt people = s.has("people") ? OptionalInt.of(Math.max(1, s.integer("people"))) : OptionalInt.empty();
        checkCrews(s, people.orElse(1), skills);
        return new TaskRule(
                hours(s, "duration"),
                people,
                s.has("skills") ? Optional.of(skills) : Optional.empty(),
                money(s, "plannedCost", false),
                money(s, "failureCost", false),
                hours(s, "failureDowntime"),
                bounded(s, "restoration"),
                bounded(s, "riskLimit"),
                s.has("life") ? s.section("life").flatMap(MaintenanceReader::life) : Optional.empty());
    }

    /** Whether anybody can do it: what no crew can do is in no plan. */
    private void checkCrews(Section s, int people, List<String> skills) {
        String key = skills.isEmpty() ? "people" : "skills";
        if (!s.has(key) || crews.stream().anyMatch(crew -> crew.can(people, skills))) {
            return;
        }
        if (crews.isEmpty()) {
            if (!skills.isEmpty()) {
                s.error(key, "skills are asked for, but the plant has no crews")
                        .fix("declare them below maintenance: crews: of the plant file, or remove skills.");
            }
            return;
        }
        int most = crews.stream()
                .filter(crew -> crew.skills().containsAll(skills))
                .mapToInt(Crew::people)
                .max()
                .orElse(0);
        String what = skills.isEmpty() ? "" : " who can do " + String.join(" and ", skills);
        s.error(
                        key,
                        most == 0
                                ? "no crew%s".formatted(what)
                                : "no crew of %d people%s: the largest has %d".formatted(people, what, most))
                .detail("Crews: %s."
                        .formatted(String.join(
                                ", ",
                                crews.stream()
                                        .map(crew -> "%s (%d: %s)"
                                                .formatted(
                                                        crew.name(),
                                                        crew.people(),
                                                        String.join(
                                                                ", ",
                                                                crew.skills().stream()
                                                                        .sorted()
                                                                        .toList())))
                                        .toList())))
                .fix("check people and skills of the task, or those of the crews.");
    }

    private static Optional<LifeRule> life(Section s) {
        OptionalDouble shape = bounded(s, "shape");
        Optional<Double> scale = s.optionalDuration("scale").map(MaintenanceReader::hours);
        Optional<Double> mean = s.optionalDuration("mean").map(MaintenanceReader::hours);
        if (s.has("scale") == s.has("mean")) {
            s.error(
                            s.has("scale") ? "mean" : "scale",
                            s.has("scale") ? "both scale and mean" : "neither scale nor mean")
                    .fix("give scale (63.2 % have failed by then) or mean, for example mean: 8000 h.");
            return Optional.empty();
        }
        double beta = shape.orElse(1);
        return scale.or(() -> mean.map(hours -> hours / gamma(1 + 1 / beta))).map(eta -> new LifeRule(beta, eta));
    }

    /** The gamma function for 1..11 (Lanczos, g = 7, 9 terms; Press et al. 2007, section 6.1), to 1e-14. */
    private static double gamma(double x) {
        double[] c = {
            0.9999999999998099,
            676.5203681218851,
            -1259.1392167224028,
            771.3234287776531,
            -176.6150291621406,
            12.507343278686905,
            -0.13857109526572012,
            9.984369578019572e-6,
            1.5056327351493116e-7
        };
        double z = x - 1;
        double sum = c[0];
        for (int i = 1; i < c.length; i++) {
            sum += c[i] / (z + i);
        }
        double t = z + 7.5;
        return Math.sqrt(2 * Math.PI) * StrictMath.pow(t, z + 0.5) * StrictMath.exp(-t) * sum;
    }

    private static double hours(java.time.Duration duration) {
        return duration.toMillis() / 3.6e6;
    }

    private static OptionalDouble hours(Section s, String key) {
        return s.optionalDuration(key).map(d -> OptionalDouble.of(hours(d))).orElse(OptionalDouble.empty());
    }

    /** A number within the bounds of its key; empty, with a finding if it is there, else. */
    private static OptionalDouble bounded(Section s, String key) {
        OptionalDouble value = s.number(key);
        Keys.Key k = s.keys().get(key);
        if (value.isPresent() && !(value.getAsDouble() >= k.low() && value.getAsDouble() <= k.high())) {
            s.error(
                            key,
                            "%s must be %s..%s: %s"
                                    .formatted(
                                            key,
                                            Section.plain(k.low()),
                                            Section.plain(k.high()),
                                            Section.plain(value.getAsDouble())))
                    .fix("%s.".formatted(k.doc()));
            return OptionalDouble.empty();
        }
        return value;
    }

    private Optional<LocalDate> inService(Section s) {
        Optional<String> text = s.text("inService");
        Optional<LocalDate> date = text.flatMap(CalendarReader::date);
        if (text.isPresent() && date.isEmpty()) {
            s.error("inService", "\"%s\" is no date".formatted(text.get()))
                    .fix("write year, month and day, for example 2024-05-01.");
        }
        return date;
    }

    private OptionalDouble money(Section s, String key, boolean isHourly) {
        Optional<String> text = s.text(key);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        Matcher m = MONEY.matcher(text.get().strip());
        String example = isHourly ? "500 " + currency + "/h" : "1200 " + currency;
        if (!m.matches() || (m.group(3) != null) != isHourly) {
            s.error(
                            key,
                            "%s must be an amount of money%s: \"%s\""
                                    .formatted(key, isHourly ? " an hour" : "", text.get()))
                    .fix("write amount and currency, for example %s: %s.".formatted(key, example));
            return OptionalDouble.empty();
        }
        if (!m.group(2).equals(currency)) {
            s.error(key, "%s is in %s, but the costs of this plant are in %s".formatted(key, m.group(2), currency))
                    .fix("write %s in %s, or change maintenance: currency: of the plant file."
                            .formatted(key, currency));
            return OptionalDouble.empty();
        }
        firstCost = firstCost == null ? s.spot(key) : firstCost;
        return OptionalDouble.of(Double.parseDouble(m.group(1)));
    }

    /** After all twins: costs can only be compared if all work has one. */
    void finish() {
        Findings.Spot first = firstCost;
        if (first != null && standard.plannedCost().isEmpty()) {
            context.findings()
                    .error(first, "", "costs are given, but not for work that says nothing of its own")
                    .detail("A plan compares all jobs; one without a cost could not be compared.")
                    .fix("add maintenance: {defaults: {plannedCost: 1000 %s}} at the top of the plant file."
                            .formatted(currency));
        }
    }
}
