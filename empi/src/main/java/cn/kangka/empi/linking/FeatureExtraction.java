package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.ResidentId;
import cn.kangka.empi.matching.Features;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Turns identities into what matching compares, and into the keys by which candidates are found. */
@ApplicationScoped
class FeatureExtraction {
    /** Ids that several people may share (a family's insurance card) or that are only as good as their typist. */
    private static final Set<DocumentType> WEAK = Set.of(DocumentType.CITED_ID, DocumentType.INSURANCE_CARD);

    private final Sources sources;

    FeatureExtraction(Sources sources) {
        this.sources = sources;
    }

    /** The features of an identity that belongs to {@code person}, which may be null. */
    Features of(Identity identity, UUID person) {
        List<Document> documents = identity.demographics().documents();
        return new Features(
                identity.id(),
                person,
                Names.key(identity.demographics().name()),
                identity.demographics().birth(),
                texts(documents, FeatureExtraction::isValidResidentId),
                texts(documents, FeatureExtraction::identifiesWithNameAndBirth),
                texts(documents, this::linksByItself),
                identity.isNewborn());
    }

    /** Keys of which every possible match shares one. */
    List<IdentityKey> blocks(Identity identity) {
        return identity.demographics().documents().stream()
                .filter(document -> identifiesWithNameAndBirth(document) || linksByItself(document))
                .map(IdentityKey::of)
                .distinct()
                .toList();
    }

    private static boolean isValidResidentId(Document document) {
        return document.type() == DocumentType.RESIDENT_ID && ResidentId.isValid(document.number());
    }

    private static boolean identifiesWithNameAndBirth(Document document) {
        return document.type() == DocumentType.RESIDENT_ID
                ? ResidentId.isValid(document.number())
                : !WEAK.contains(document.type());
    }

    private boolean linksByItself(Document document) {
        if (document.type() != DocumentType.CITED_ID) {
            return false;
        }
        String domain = document.number().substring(0, document.number().indexOf('|'));
        return sources.byAuthority(domain, "")
                .map(owner -> owner.authority().linksByItself())
                .orElse(false);
    }

    private static Set<String> texts(List<Document> documents, Predicate<Document> which) {
        return documents.stream()
                .filter(which)
                .map(document -> document.type() + "|" + document.number())
                .collect(Collectors.toSet());
    }
}
