package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.matching.model.FieldModel;
import cn.kangka.empi.matching.model.VetoModel;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.matching.scoring.Explanation;
import cn.kangka.empi.review.PairEvidence;
import cn.kangka.empi.review.ReviewViews.Agreement;
import cn.kangka.empi.review.ReviewViews.Evidence;
import cn.kangka.empi.review.ReviewViews.Field;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Explains a pair to a human by the model in use. */
@ApplicationScoped
class ModelEvidence implements PairEvidence {
    private final Models models;

    ModelEvidence(Models models) {
        this.models = models;
    }

    @Override
    public Evidence of(Identity one, Identity other) {
        Engine engine = models.engine();
        PreparedRecord left = engine.prepare(one);
        PreparedRecord right = engine.prepare(other);
        Explanation why = engine.scorer().explain(left, right);
        Map<String, FieldModel> byName =
                engine.model().fields().stream().collect(Collectors.toMap(FieldModel::name, Function.identity()));
        List<Field> fields = why.reasons().stream()
                .map(reason -> field(byName.get(reason.field()), reason, one, other))
                .toList();
        return new Evidence(
                engine.version(),
                why.probability(),
                why.score(),
                why.prior(),
                why.household(),
                engine.scorer().veto(left, right).map(VetoModel::name).orElse(null),
                fields);
    }

    private static Field field(FieldModel field, Explanation.Reason reason, Identity one, Identity other) {
        String column = field.columns().get(0);
        return new Field(
                field.name(),
                new PatientColumns(one.demographics()).column(column),
                new PatientColumns(other.demographics()).column(column),
                agreement(field.levelNames(), reason.level()),
                reason.level(),
                reason.bits() + reason.frequency());
    }

    private static Agreement agreement(List<String> levels, String level) {
        int number = levels.indexOf(level);
        if (number < 0) {
            return Agreement.MISSING;
        }
        if (number == 0) {
            return Agreement.SAME;
        }
        return number == levels.size() - 1 ? Agreement.DIFFERENT : Agreement.CLOSE;
    }
}
