package org.uatwin.informationmodel.plant;

import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.conditioning.VibrationRule;

/**
 * The simulation models a plant file may name: port towards whoever has them, so that their names and parameters are
 * checked where they stand in the file. Any thread.
 */
public interface ModelCatalog {
    /** Takes every model and parameter; for tools that have no models. */
    ModelCatalog UNKNOWN = new ModelCatalog() {
        @Override
        public List<String> models() {
            return List.of();
        }

        @Override
        public List<String> parameters(String model) {
            return List.of();
        }

        @Override
        public Optional<String> problem(String model, String parameter, double value) {
            return Optional.empty();
        }
    };

    /** Names of the models; empty if they are not known, then nothing is checked. */
    List<String> models();

    /** Names of the parameters of a known model. */
    List<String> parameters(String model);

    /** What is wrong with a value of a known parameter, with the allowed range; empty if it can be used. */
    Optional<String> problem(String model, String parameter, double value);

    /** Designations of the bearings that are known by their dimensions; empty if none are, then nothing is checked. */
    default List<String> bearings() {
        return List.of();
    }

    /** Dimensions of a bearing, by a designation with or without maker and suffixes. */
    default Optional<VibrationRule.Bearing> bearing(String designation) {
        return Optional.empty();
    }

    /** Names of the failure modes a known model has. */
    default List<String> failureModes(String model) {
        return List.of();
    }

    /** Names of the tables a known model reads. */
    default List<String> tables(String model) {
        return List.of();
    }

    /** What is wrong with a table of a known model. */
    default List<ModelTable.Problem> problems(String model, String table, ModelTable given) {
        return List.of();
    }
}
