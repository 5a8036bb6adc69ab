package org.uatwin.simulation.casefile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.asset.bearing.RollingBearing;
import org.uatwin.simulation.asset.building.Building;
import org.uatwin.simulation.asset.building.Room;
import org.uatwin.simulation.asset.conveyor.Conveyor;
import org.uatwin.simulation.asset.energy.Photovoltaic;
import org.uatwin.simulation.asset.field.CropField;
import org.uatwin.simulation.asset.generic.CounterWear;
import org.uatwin.simulation.asset.generic.Equations;
import org.uatwin.simulation.asset.generic.LinearStateSpace;
import org.uatwin.simulation.asset.generic.ProcessWithDeadTime;
import org.uatwin.simulation.asset.grid.FrequencyResponse;
import org.uatwin.simulation.asset.grid.Households;
import org.uatwin.simulation.asset.motor.InductionMotor;
import org.uatwin.simulation.asset.patient.LeftHeart;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.asset.pump.DaigleGoebelPump;
import org.uatwin.simulation.asset.robot.RobotArm;
import org.uatwin.simulation.asset.tank.Tank;
import org.uatwin.simulation.asset.vehicle.CarFollowing;
import org.uatwin.simulation.asset.vehicle.ElectricVehicle;
import org.uatwin.simulation.asset.wind.WindBlade;
import org.uatwin.simulation.asset.wind.WindFarm;
import org.uatwin.simulation.asset.wind.WindTurbine;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.discrete.ProductionLine;
import org.uatwin.simulation.discrete.TransferLine;
import org.uatwin.simulation.maintenance.AgeReplacement;
import org.uatwin.simulation.maintenance.ConditionBasedMaintenance;
import org.uatwin.simulation.maintenance.CrackGrowth;
import org.uatwin.simulation.maintenance.DegradationLife;
import org.uatwin.simulation.maintenance.FatigueLife;
import org.uatwin.simulation.network.LoraLink;
import org.uatwin.simulation.network.RadialFeeder;
import org.uatwin.simulation.network.SensorNetwork;
import org.uatwin.simulation.network.WaterNetwork;
import org.uatwin.simulation.optimisation.FeederDemandResponse;
import org.uatwin.simulation.optimisation.PeakShaving;
import org.uatwin.simulation.optimisation.Tour;
import org.uatwin.simulation.system.Composite;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TwinModelSystem;
import org.uatwin.simulation.twin.SystemTwin;

/** Models by the name a case file gives. Immutable, any thread. */
public final class SystemModels {
    private static final ModelRegistry TWINS = ModelRegistry.builtIn();

    private final Map<String, SystemModel> byName = new LinkedHashMap<>();

    private SystemModels(Collection<SystemModel> models) {
        for (SystemModel model : models) {
            if (byName.put(model.card().name(), model) != null) {
                throw new IllegalArgumentException(
                        "two models are named " + model.card().name());
            }
        }
    }

    /** The models that come with the product. */
    public static SystemModels builtIn() {
        SystemModels members = new SystemModels(elementary());
        List<SystemModel> all = new ArrayList<>(elementary());
        all.add(new Composite(members::find));
        return new SystemModels(all);
    }

    private static List<SystemModel> elementary() {
        return List.of(
                new TwinModelSystem(
                        new CentrifugalPump(),
                        "A single-stage pump on a converter, with wear, bearings, cavitation.",
                        Map.of("Flow", "RatedFlow")),
                new TwinModelSystem(
                        new InductionMotor(),
                        "A three-phase motor: circuit, heat, ageing of its insulation.",
                        Map.of()),
                new TwinModelSystem(
                        new Conveyor(), "A belt for bulk or unit load: force, slip, heat, wear, jam.", Map.of()),
                new TwinModelSystem(new Tank(), "An open tank with metered inlet and outlet valve.", Map.of()),
                new RollingBearing(),
                new RobotArm(),
                new ProductionLine(),
                new TransferLine(),
                new WindTurbine(),
                new WindBlade(),
                new WindFarm(),
                new RadialFeeder(),
                new FrequencyResponse(),
                new Households(),
                new Building(),
                new Room(),
                new SensorNetwork(),
                new LoraLink(),
                new PeakShaving(),
                new FeederDemandResponse(),
                new Photovoltaic(),
                new ElectricVehicle(),
                new CarFollowing(),
                new WaterNetwork(),
                new CropField(),
                new LeftHeart(),
                new Tour(),
                new AgeReplacement(),
                new DegradationLife(),
                new FatigueLife(),
                new CrackGrowth(),
                new ConditionBasedMaintenance(),
                new TwinModelSystem(new DaigleGoebelPump(), "The published pump of prognostics research, with wear."),
                new LinearStateSpace(),
                new ProcessWithDeadTime(),
                new CounterWear(),
                new Equations());
    }

    /** The model of this name. */
    public Optional<SystemModel> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Named scenarios and failure modes of a model. */
    public List<ScenarioSpec> scenarios(SystemModel model) {
        return TWINS.system(model.card().name()).map(SystemTwin::scenarios).orElseGet(model::scenarios);
    }

    /** Whether two runs of it differ by chance. */
    boolean isRandom(SystemModel model) {
        return TWINS.system(model.card().name())
                .map(SystemTwin::isRandom)
                .orElse(model.card().kind() == ModelCard.Kind.EVENTS);
    }

    /** How well its parameters are known, as a share of their value; those that are not named are known. */
    public Map<String, Double> uncertainty(SystemModel model) {
        return sigma(
                TWINS.system(model.card().name()).map(SystemTwin::parameters).orElseGet(() -> model.card()
                        .parameters()));
    }

    /** The same of a model whose parameters depend on its tables. */
    Map<String, Double> uncertainty(SystemModel model, Setup setup) {
        Map<String, Double> sigma = uncertainty(model);
        sigma.putAll(sigma(model.parameters(setup)));
        return sigma;
    }

    private static Map<String, Double> sigma(List<ParameterSpec> parameters) {
        Map<String, Double> sigma = new LinkedHashMap<>();
        parameters.stream().filter(p -> p.priorSigma() > 0).forEach(p -> sigma.put(p.name(), p.priorSigma()));
        return sigma;
    }

    /** Names in the order they are shown. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
