package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.identity.KeyKind;
import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelReader;
import cn.kangka.empi.matching.record.BlockKey;
import cn.kangka.empi.matching.record.Preparation;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.matching.scoring.Scorer;
import cn.kangka.empi.matching.training.ParametersYaml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A linkage model with its parameters, ready to decide. Immutable; several can work side by side. */
final class Engine {
    private static final int VERSION_DIGITS = 16;

    private final String modelText;
    private final String parametersText;
    private final String version;
    private final LinkageModel model;
    private final Preparation preparation;
    private final Scorer scorer;

    /**
     * @throws cn.kangka.empi.matching.model.ModelException when a text has a mistake, or the two do not belong together
     */
    Engine(String modelText, String parametersText) {
        this.modelText = modelText;
        this.parametersText = parametersText;
        this.version = digest(modelText + "\0" + parametersText).substring(0, VERSION_DIGITS);
        this.model = ModelReader.read(modelText);
        this.preparation = new Preparation(model);
        this.scorer = Scorer.of(model, ParametersYaml.read(parametersText));
    }

    private static String digest(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** SHA-256 of model and parameters, its first 16 hexadecimal digits. */
    String version() {
        return version;
    }

    String modelText() {
        return modelText;
    }

    String parametersText() {
        return parametersText;
    }

    LinkageModel model() {
        return model;
    }

    Scorer scorer() {
        return scorer;
    }

    Preparation preparation() {
        return preparation;
    }

    PreparedRecord prepare(Identity identity) {
        return preparation.prepare(new PatientColumns(identity.demographics())::column);
    }

    /** Every key under which the identity is a candidate. */
    List<IdentityKey> keys(PreparedRecord record) {
        return Stream.concat(
                        preparation.blocks(record).stream()
                                .map(BlockKey::keys)
                                .flatMap(List::stream)
                                .map(Engine::block),
                        preparation.countedValues(record).keySet().stream().map(Engine::value))
                .distinct()
                .toList();
    }

    List<IdentityKey> keys(Identity identity) {
        return keys(prepare(identity));
    }

    static IdentityKey block(String key) {
        return new IdentityKey(KeyKind.BLOCK, key);
    }

    static IdentityKey value(String key) {
        return new IdentityKey(KeyKind.VALUE, key);
    }
}
