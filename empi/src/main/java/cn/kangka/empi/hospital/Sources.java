package cn.kangka.empi.hospital;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The connected institutions, as configured. */
@ApplicationScoped
public class Sources {
    private static final Logger LOG = Logger.getLogger(Sources.class);

    private final List<Source> all;
    private final Map<String, Source> byId = new HashMap<>();
    private final Map<String, Source> bySender = new HashMap<>();
    private final Map<String, Source> byAuthorityName = new HashMap<>();
    private final Map<String, Source> byAuthorityOid = new HashMap<>();

    public Sources(HospitalConfig config, ObjectMapper json) {
        this.all = config.sourcesFile().map(file -> read(file, json)).orElse(List.of());
        for (Source source : all) {
            index(source);
        }
    }

    private static List<Source> read(Path file, ObjectMapper json) {
        if (!Files.exists(file)) {
            LOG.warnf("no sources: %s does not exist", file);
            return List.of();
        }
        try {
            return List.of(json.copy()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .readValue(file.toFile(), Source[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the sources in " + file, e);
        }
    }

    private void index(Source source) {
        byId.put(source.id(), source);
        bySender.put(sender(source.application(), source.facility()), source);
        if (source.authority() != null) {
            byAuthorityName.put(source.authority().name(), source);
            if (source.authority().oid() != null) {
                byAuthorityOid.put(source.authority().oid(), source);
            }
        }
    }

    /** All of them, in the order of the configuration. */
    public List<Source> all() {
        return all;
    }

    public Optional<Source> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The sender of a message: MSH-3.1 and MSH-4.1. */
    public Optional<Source> bySender(String application, String facility) {
        return Optional.ofNullable(bySender.get(sender(application, facility)));
    }

    /** Whose domain it is: by namespace id (CX.4.1) or universal id (CX.4.2), each alone suffices. */
    public Optional<Source> byAuthority(String name, String oid) {
        Source found = name.isEmpty() ? null : byAuthorityName.get(name);
        return Optional.ofNullable(found == null && !oid.isEmpty() ? byAuthorityOid.get(oid) : found);
    }

    /** Whose domain an Identifier.system of FHIR means. */
    public Optional<Source> bySystem(String system) {
        return all.stream()
                .filter(source ->
                        source.authority() != null && source.authority().isSystem(system))
                .findFirst();
    }

    private static String sender(String application, String facility) {
        return application + "\n" + facility;
    }
}
