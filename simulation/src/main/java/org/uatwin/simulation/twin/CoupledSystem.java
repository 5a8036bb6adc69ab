package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.uatwin.simulation.contract.EventSpec;
import org.uatwin.simulation.contract.FitScore;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.PointIssue;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.contract.SensorAccuracy;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;

/**
 * A system twin whose members drive each other. Every part starts from its own readings and keeps its own model; names of members'
 * ports and parameters are {@code <member>.<Name>}, those of the system itself stand alone.
 */
public final class CoupledSystem implements Subject {
    private static final double STALE_AFTER_SECONDS = 30;
    private static final int MOST_ASSUMPTIONS = 3; // told of in an answer

    private final String twinId;
    private final List<Part> parts;
    private final List<Drive> drives;
    private final List<Composition.Sum> sums;
    private final ModelDescription description;
    private final double stepCost;

    /** A part and where its vectors begin in those of the system. */
    record Part(String name, Subject subject, int firstParameter, int firstOutput) {
        /** A point among the readings of the system. */
        String pointOf(String own) {
            return name.isEmpty() ? own : name + "/" + own;
        }

        /** The same part, starting from what is known of it. */
        Part with(Subject known) {
            return new Part(name, known, firstParameter, firstOutput);
        }

        String qualified(String own) {
            return name.isEmpty() ? own : name + "." + own;
        }
    }

    /** A resolved coupling. */
    record Drive(int from, int output, int sharedInput, int to, int input, double gain, boolean isRelative) {}

    private CoupledSystem(String twinId, String model, List<Part> parts, Composition.Wiring wiring) {
        this.twinId = twinId;
        this.parts = parts;
        this.drives = wiring.couplings().stream().map(this::resolve).toList();
        this.sums = wiring.sums();
        this.description = describe(model);
        double cost = 0;
        for (Part part : parts) {
            double share =
                    description.maxStepSeconds() / part.subject().description().maxStepSeconds();
            cost += part.subject().stepCost() * Math.max(1e-3, share);
        }
        this.stepCost = cost;
    }

    /**
     * A system of the members that take part in driving each other or in a sum; other members answer for themselves.
     *
     * @param own the system's own model.
     * @return the coupled system; the system's own model when no member takes part; empty when there is neither.
     */
    public static Optional<Subject> of(
            String twinId, Composition composition, Optional<Subject> own, List<Composition.Member> members) {
        Composition.Wiring wiring = composition.wire(own, members);
        Set<String> used = new HashSet<>();
        wiring.couplings().forEach(c -> used.addAll(List.of(c.from(), c.to())));
        wiring.sums().forEach(sum -> sum.terms().forEach(t -> used.add(t.substring(0, t.lastIndexOf('.')))));
        List<Part> parts = new ArrayList<>();
        own.ifPresent(subject -> add(parts, Composition.SYSTEM, subject));
        for (Composition.Member member : members) {
            if (used.contains(member.twin().id())) {
                add(parts, member.twin().id(), member.subject());
            }
        }
        boolean isCoupled = parts.size() > (own.isPresent() ? 1 : 0);
        return isCoupled ? Optional.of(new CoupledSystem(twinId, composition.name(), parts, wiring)) : own;
    }

    private static void add(List<Part> parts, String name, Subject subject) {
        int parameters = 0;
        int outputs = 0;
        for (Part part : parts) {
            parameters += part.subject().description().parameters().size();
            outputs += part.subject().description().outputs().size();
        }
        parts.add(new Part(name, subject, parameters, outputs));
    }

    private Drive resolve(Composition.Coupling c) {
        int from = ModelDescription.indexOf(parts, Part::name, c.from());
        int to = ModelDescription.indexOf(parts, Part::name, c.to());
        ModelDescription source = parts.get(from).subject().description();
        int output = source.outputIndex(c.source());
        int shared = output < 0 ? source.inputIndex(c.source()) : -1;
        int input = parts.get(to).subject().description().inputIndex(c.input());
        if (input < 0 || (output < 0 && shared < 0)) {
            throw new IllegalArgumentException("no such ports: " + c);
        }
        return new Drive(from, output, shared, to, input, c.gain(), c.isRelative());
    }

    private CoupledSystem(CoupledSystem of, List<Part> parts) {
        twinId = of.twinId;
        this.parts = parts;
        drives = of.drives;
        sums = of.sums;
        description = of.description;
        stepCost = of.stepCost;
    }

    @Override
    public Subject knowing(Function<String, Optional<Estimate>> estimates) {
        List<Part> known = new ArrayList<>();
        boolean isKnown = false;
        for (Part part : parts) {
            Optional<Estimate> estimate = estimates.apply(part.name());
            isKnown |= estimate.isPresent();
            known.add(estimate.map(e -> part.with(Subject.followed(part.subject(), e)))
                    .orElse(part));
        }
        return isKnown ? new CoupledSystem(this, known) : this;
    }

    private boolean isDriven(int part, int input) {
        return drives.stream().anyMatch(d -> d.to() == part && d.input() == input);
    }

    private ModelDescription describe(String model) {
        List<ParameterSpec> parameters = new ArrayList<>();
        List<StateSpec> states = new ArrayList<>();
        List<InputSpec> inputs = new ArrayList<>();
        List<OutputSpec> outputs = new ArrayList<>();
        List<ScenarioSpec> scenarios = new ArrayList<>();
        Map<String, String> versions = new LinkedHashMap<>();
        double horizon = 0;
        double step = Double.POSITIVE_INFINITY;
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            ModelDescription d = part.subject().description();
            d.parameters().forEach(s -> parameters.add(renamed(s, part)));
            for (int i = 0; i < d.inputs().size(); i++) {
                if (!isDriven(p, i)) {
                    inputs.add(renamed(d.inputs().get(i), part));
                }
            }
            d.outputs().forEach(s -> outputs.add(renamed(s, part)));
            d.states().stream()
                    .filter(s -> s.name().equals(BoundSystem.TIME_OF_DAY))
                    .filter(s -> states.isEmpty())
                    .forEach(states::add);
            versions.put(d.name(), d.version());
            horizon = Math.max(horizon, d.defaultHorizonSeconds());
            step = Math.min(step, d.maxStepSeconds());
            if (part.name().isEmpty()) {
                scenarios.addAll(d.scenarios());
            }
        }
        for (Composition.Sum sum : sums) {
            outputs.add(new OutputSpec(
                    sum.name(),
                    sum.unit(),
                    sum.name(),
                    STALE_AFTER_SECONDS,
                    new SensorAccuracy(sum.relative(), sum.floor()),
                    sum.meaning()));
        }
        return new ModelDescription(
                model,
                "1.0+" + String.join("+", new java.util.TreeMap<>(versions).values()),
                parameters,
                states,
                inputs,
                outputs,
                List.<EventSpec>of(),
                scenarios,
                horizon,
                step);
    }

    private static ParameterSpec renamed(ParameterSpec s, Part part) {
        return new ParameterSpec(
                part.qualified(s.name()),
                s.unit(),
                s.defaultValue(),
                s.lower(),
                s.upper(),
                s.priorSigma(),
                s.tunable(),
                s.meaning(),
                s.source());
    }

    private static InputSpec renamed(InputSpec s, Part part) {
        return new InputSpec(
                part.qualified(s.name()),
                s.unit(),
                s.defaultValue(),
                s.lower(),
                s.upper(),
                point(s.linkedPoint(), part),
                s.stalenessLimitSeconds(),
                s.holdRule(),
                s.accuracy());
    }

    private static OutputSpec renamed(OutputSpec s, Part part) {
        return new OutputSpec(
                part.qualified(s.name()),
                s.unit(),
                point(s.linkedPoint(), part),
                s.stalenessLimitSeconds(),
                s.accuracy(),
                s.meaning());
    }

    private static @org.jspecify.annotations.Nullable String point(
            @org.jspecify.annotations.Nullable String own, Part part) {
        return own == null ? null : part.pointOf(own);
    }

    /** Starts of the parts beside that of the system. */
    static final class Start extends ModelStart {
        final List<ModelStart> parts;

        Start(double[] parameters, double[] inputs, Quality quality, List<ModelStart> parts) {
            super(parameters, new double[0], inputs, OperatingMode.RUNNING, quality);
            this.parts = List.copyOf(parts);
        }
    }

    @Override
    public String twinId() {
        return twinId;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    /** Those of inputs that others drive included: a part starts from them. */
    @Override
    public Map<String, String> points() {
        Map<String, String> points = new LinkedHashMap<>(Subject.super.points());
        parts.forEach(part -> part.subject().points().forEach((name, unit) -> points.put(part.pointOf(name), unit)));
        return points;
    }

    @Override
    public double[] parameters() {
        double[] all = new double[description.parameters().size()];
        for (Part part : parts) {
            double[] own = part.subject().parameters();
            System.arraycopy(own, 0, all, part.firstParameter(), own.length);
        }
        return all;
    }

    @Override
    public Subject own() {
        return parts.get(0).name().isEmpty() ? parts.get(0).subject() : this;
    }

    @Override
    public Map<String, DataTable> tables() {
        return parts.get(0).name().isEmpty() ? parts.get(0).subject().tables() : Map.of();
    }

    @Override
    public double largestInput(int input) {
        String name = description.inputs().get(input).name();
        for (Part part : parts) {
            ModelDescription d = part.subject().description();
            for (int i = 0; i < d.inputs().size(); i++) {
                if (part.qualified(d.inputs().get(i).name()).equals(name)) {
                    return part.subject().largestInput(i);
                }
            }
        }
        return description.inputs().get(input).upper();
    }

    @Override
    public ModelStart start(LiveState live) {
        List<ModelStart> starts = new ArrayList<>();
        for (Part part : parts) {
            starts.add(part.subject().start(readings(live, part)));
        }
        return together(starts);
    }

    @Override
    public ModelStart draw(LiveState live, NoiseStream noise) {
        List<ModelStart> starts = new ArrayList<>();
        for (Part part : parts) {
            starts.add(part.subject().draw(readings(live, part), noise.split()));
        }
        return together(starts);
    }

    private static LiveState readings(LiveState live, Part part) {
        if (part.name().isEmpty()) {
            return live;
        }
        LiveState own = live.part(part.name());
        var time = live.reading(BoundSystem.TIME_OF_DAY);
        return time == null ? own : own.with(BoundSystem.TIME_OF_DAY, time);
    }

    private ModelStart together(List<ModelStart> starts) {
        List<String> missing = new ArrayList<>();
        List<PointIssue> issues = new ArrayList<>();
        List<String> assumptions = new ArrayList<>();
        double age = 0;
        double fit = 0;
        int tracked = 0;
        boolean isExtrapolated = false;
        double[] parameters = new double[description.parameters().size()];
        for (int p = 0; p < starts.size(); p++) {
            Part part = parts.get(p);
            ModelStart.Quality q = starts.get(p).quality();
            if (!q.missing().isEmpty()) {
                missing.add(part.name().isEmpty() ? q.missing() : part.name() + ": " + q.missing());
            }
            q.issues().forEach(i -> issues.add(new PointIssue(part.pointOf(i.point()), i.kind(), i.usedValue())));
            q.assumptions().stream().filter(text -> !assumptions.contains(text)).forEach(assumptions::add);
            age = Math.max(age, q.dataAgeSeconds());
            isExtrapolated |= q.extrapolated();
            if (q.fitScore() != FitScore.NOT_TRACKED) {
                fit += q.fitScore();
                tracked++;
            }
            double[] own = starts.get(p).parameters();
            System.arraycopy(own, 0, parameters, part.firstParameter(), own.length);
        }
        ModelStart.Quality quality = new ModelStart.Quality(
                String.join("; ", missing),
                issues,
                shortened(assumptions),
                age,
                tracked == 0 ? FitScore.NOT_TRACKED : fit / tracked,
                isExtrapolated);
        return new Start(parameters, inputs(starts), quality, starts);
    }

    /** Inputs of the parts that nobody drives, in the order of the description. */
    private double[] inputs(List<ModelStart> starts) {
        double[] all = new double[description.inputs().size()];
        int at = 0;
        for (int p = 0; p < starts.size(); p++) {
            double[] own = starts.get(p).inputs();
            for (int i = 0; i < own.length; i++) {
                if (!isDriven(p, i)) {
                    all[at++] = own[i];
                }
            }
        }
        return all;
    }

    private static List<String> shortened(List<String> assumptions) {
        if (assumptions.size() <= MOST_ASSUMPTIONS) {
            return assumptions;
        }
        List<String> few = new ArrayList<>(assumptions.subList(0, MOST_ASSUMPTIONS));
        few.add("and as much of %d more parts".formatted(assumptions.size() - MOST_ASSUMPTIONS));
        return few;
    }

    @Override
    public boolean isCalibratedFor(String inputName, double value) {
        for (Part part : parts) {
            String own = part.name().isEmpty() ? inputName : inputName.replaceFirst("^\\Q" + part.name() + ".\\E", "");
            boolean isOwn = part.name().isEmpty() || !own.equals(inputName);
            if (isOwn
                    && part.subject().description().inputIndex(own) >= 0
                    && !part.subject().isCalibratedFor(own, value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Course course(ModelStart start, List<ScenarioAction> actions, double stepSeconds, long seed) {
        if (!(start instanceof Start own)) {
            throw new IllegalArgumentException("a start of another model");
        }
        List<Course> courses = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            courses.add(
                    parts.get(p).subject().course(own.parts.get(p), ofPart(actions, p), stepSeconds, seed + 31L * p));
        }
        return new CoupledCourse(this, courses);
    }

    /** Actions on one part, under its own names. */
    private List<ScenarioAction> ofPart(List<ScenarioAction> actions, int p) {
        List<ScenarioAction> own = new ArrayList<>();
        Part part = parts.get(p);
        ModelDescription d = part.subject().description();
        Set<String> replaceable = part.subject().replaceable().keySet();
        for (ScenarioAction a : actions) {
            boolean isQualified = a.target().startsWith(part.name() + ".");
            String name = part.name().isEmpty()
                    ? a.target()
                    : isQualified ? a.target().substring(part.name().length() + 1) : "";
            if (d.inputIndex(name) >= 0 || d.parameterIndex(name) >= 0 || replaceable.contains(name)) {
                own.add(new ScenarioAction(name, a.kind(), a.value(), a.atSeconds(), a.rampSeconds()));
            }
        }
        return own;
    }

    @Override
    public boolean isRandom() {
        return parts.stream().anyMatch(p -> p.subject().isRandom());
    }

    @Override
    public double stepCost() {
        return stepCost;
    }

    @Override
    public int fewestSteps() {
        return parts.stream().mapToInt(p -> p.subject().fewestSteps()).max().orElse(1);
    }

    @Override
    public Map<String, Double> replaceable() {
        Map<String, Double> all = new LinkedHashMap<>();
        parts.forEach(
                part -> part.subject().replaceable().forEach((name, asNew) -> all.put(part.qualified(name), asNew)));
        return all;
    }

    @Override
    public Optional<String> whyKept(String state) {
        for (Part part : parts) {
            for (String own : part.subject().replaceable().keySet()) {
                if (part.qualified(own).equals(state)) {
                    return part.subject().whyKept(own);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> whyFixed(String parameter) {
        for (Part part : parts) {
            for (ParameterSpec own : part.subject().description().parameters()) {
                if (part.qualified(own.name()).equals(parameter)) {
                    return part.subject().whyFixed(own.name());
                }
            }
        }
        return Optional.empty();
    }

    List<Part> parts() {
        return parts;
    }

    List<Drive> drives() {
        return drives;
    }

    List<Composition.Sum> sums() {
        return sums;
    }
}
