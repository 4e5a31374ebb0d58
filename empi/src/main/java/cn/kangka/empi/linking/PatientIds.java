package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hospital.Authority;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Numbers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Who may give which id (contract, "Index"): everybody ids of its own domain, typed ids of the registries, and ids of
 * domains that are citable; nobody an id of another's domain.
 */
@ApplicationScoped
class PatientIds {
    private static final int NUMBER = 1;
    private static final int AUTHORITY = 4;
    private static final int TYPE = 5;

    private final Sources sources;

    PatientIds(Sources sources) {
        this.sources = sources;
    }

    /**
     * Reads a CX.
     *
     * @param location where it stands, such as {@code PID^1^3^1}
     */
    PatientId read(Source sender, Repetition cx, String location) {
        String number = cx.component(NUMBER);
        if (number.isEmpty()) {
            return cx.isEmpty()
                    ? new PatientId.Nothing()
                    : refused(Hl7Refusal.REQUIRED_FIELD, location + "^1", "the id is empty");
        }
        String name = cx.subcomponent(AUTHORITY, 1);
        String oid = cx.subcomponent(AUTHORITY, 2);
        Optional<Source> owner = sources.byAuthority(name, oid);
        if (owner.isPresent() && contradicts(owner.get().authority(), name, oid)) {
            return refused(
                    Hl7Refusal.UNKNOWN_KEY,
                    location + "^4",
                    "namespace and universal id of the assigning authority contradict each other");
        }
        return owner.isPresent() ? known(sender, owner.get(), number, location) : unknown(sender, cx, location);
    }

    private static PatientId known(Source sender, Source owner, String number, String location) {
        Authority authority = owner.authority();
        if (owner.id().equals(sender.id())) {
            return new PatientId.Local(number);
        }
        if (authority.citableByAll() || sender.mayCite().contains(authority.name())) {
            return new PatientId.Cited(cited(authority, number));
        }
        return refused(
                Hl7Refusal.UNKNOWN_KEY,
                location + "^4",
                "the assigning authority is another institution's; its ids may not be given by this one");
    }

    private PatientId unknown(Source sender, Repetition cx, String location) {
        String number = cx.component(NUMBER);
        Optional<DocumentType> type = DocumentType.of(cx.component(TYPE));
        if (type.isPresent()) {
            return new PatientId.Cited(Numbers.document(type.get(), number));
        }
        String name = cx.subcomponent(AUTHORITY, 1);
        String domain = name.isEmpty() ? cx.subcomponent(AUTHORITY, 2) : name;
        if (sender.acceptsAnyAuthority()) {
            return new PatientId.Local(domain.isEmpty() ? number : domain + "|" + number);
        }
        return refused(
                domain.isEmpty() ? Hl7Refusal.REQUIRED_FIELD : Hl7Refusal.UNKNOWN_KEY,
                location + "^4",
                domain.isEmpty() ? "the assigning authority is missing" : "the assigning authority is unknown");
    }

    /** The document by which an id of a citable domain is kept. */
    static Document cited(Authority authority, String number) {
        return new Document(DocumentType.CITED_ID, authority.name() + "|" + number);
    }

    private static boolean contradicts(Authority authority, String name, String oid) {
        boolean otherName = !name.isEmpty() && !name.equals(authority.name());
        boolean otherOid = !oid.isEmpty() && authority.oid() != null && !oid.equals(authority.oid());
        return otherName || otherOid;
    }

    private static PatientId refused(int error, String location, String text) {
        return new PatientId.Refused(Hl7Refusal.reject(error, location, text));
    }
}
