package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.ResidentId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is certain without a model, because a source was configured so or papers say it. */
@ApplicationScoped
class CertainRules {
    /** Ids that several people may share (a family's insurance card) or that are only as good as their typist. */
    private static final Set<DocumentType> WEAK = Set.of(DocumentType.CITED_ID, DocumentType.INSURANCE_CARD);

    private final Sources sources;

    CertainRules(Sources sources) {
        this.sources = sources;
    }

    /** Both carry the same id of a domain that links by itself. */
    boolean shareDecisiveId(Identity one, Identity other) {
        return share(one, other, this::linksByItself);
    }

    /** The same document, name and birth date, and neither is a child without a name. */
    boolean agreeOnPapers(Identity one, Identity other) {
        String name = Names.key(one.demographics().name());
        return !one.isNewborn()
                && !other.isNewborn()
                && !name.isEmpty()
                && name.equals(Names.key(other.demographics().name()))
                && one.demographics().birth() != null
                && one.demographics().birth().equals(other.demographics().birth())
                && share(one, other, CertainRules::identifies);
    }

    /** Both carry a valid resident id, and no two are the same. */
    static boolean haveOtherResidentIds(Identity one, Identity other) {
        return one.demographics().documents().stream().anyMatch(CertainRules::isValidResidentId)
                && other.demographics().documents().stream().anyMatch(CertainRules::isValidResidentId)
                && !share(one, other, CertainRules::isValidResidentId);
    }

    /** Documents by which these rules find candidates. */
    List<Document> documents(Identity identity) {
        return identity.demographics().documents().stream()
                .filter(document -> identifies(document) || linksByItself(document))
                .toList();
    }

    private static boolean share(Identity one, Identity other, Predicate<Document> which) {
        Set<Document> known =
                one.demographics().documents().stream().filter(which).collect(Collectors.toSet());
        return other.demographics().documents().stream().anyMatch(known::contains);
    }

    private static boolean isValidResidentId(Document document) {
        return document.type() == DocumentType.RESIDENT_ID && ResidentId.isValid(document.number());
    }

    private static boolean identifies(Document document) {
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
}
