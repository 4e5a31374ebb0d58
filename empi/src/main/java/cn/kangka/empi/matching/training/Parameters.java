package cn.kangka.empi.matching.training;

import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.Level;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelException;
import java.util.List;

/**
 * What training learnt; immutable.
 *
 * @param model the model's name
 * @param fingerprint of the model that it was trained for
 * @param prior the chance that two records, drawn at random, are one human
 * @param records how many it was trained on
 * @param fields in the model's order, those without evidence left out
 */
public record Parameters(String model, String fingerprint, double prior, int records, List<FieldParameters> fields) {
    public Parameters {
        fields = List.copyOf(fields);
    }

    /** The chances of a field's levels. */
    public record FieldParameters(String field, List<LevelParameters> levels) {
        public FieldParameters {
            levels = List.copyOf(levels);
        }
    }

    /**
     * @param m the chance of the level in pairs that are one human
     * @param u the chance of the level in pairs that are not
     * @param observed whether training saw it at all
     */
    public record LevelParameters(String level, double m, double u, boolean observed) {
        /** The weight in bits. */
        public double bits() {
            return (Math.log(m) - Math.log(u)) / Math.log(2);
        }
    }

    /**
     * Refuses parameters that were not trained for this model.
     *
     * @throws ModelException names what differs: a field, its levels, a level never observed, or something else
     */
    public void check(LinkageModel against) {
        List<FieldModel> compared =
                against.fields().stream().filter(FieldModel::evidence).toList();
        List<String> trained = fields.stream().map(FieldParameters::field).toList();
        List<String> used = compared.stream().map(FieldModel::name).toList();
        if (!trained.equals(used)) {
            throw new ModelException("the parameters are for the fields " + trained + ", the model has " + used);
        }
        for (int i = 0; i < compared.size(); i++) {
            check(compared.get(i), fields.get(i));
        }
        if (!fingerprint.equals(against.fingerprint())) {
            throw new ModelException("the parameters were trained for another version of the model (fingerprint "
                    + fingerprint + ", now " + against.fingerprint() + "): train again");
        }
    }

    private static void check(FieldModel used, FieldParameters trained) {
        List<String> names =
                trained.levels().stream().map(LevelParameters::level).toList();
        if (!names.equals(used.levelNames())) {
            throw new ModelException("field " + used.name() + ": the parameters have the levels " + names
                    + ", the model has " + used.levelNames());
        }
        for (int i = 0; i < names.size(); i++) {
            Level level = used.levels().get(i);
            if (!trained.levels().get(i).observed() && !level.mayBeUnobserved()) {
                throw ModelException.at(
                        level.line(),
                        "fields." + used.name() + ".levels",
                        "level '" + level.name()
                                + "' was never observed in training; drop it, train on more records, or"
                                + " mark it 'optional: yes'");
            }
        }
    }
}
