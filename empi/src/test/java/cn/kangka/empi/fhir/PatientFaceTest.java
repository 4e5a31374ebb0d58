package cn.kangka.empi.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The patient face as HAPI's FHIR client sees it: IHE PIXm, PDQm and PMIR. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class PatientFaceTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String FIRST = "urn:oid:2.999.1.1";
    private static final String THIRD = "urn:oid:2.999.1.3";
    private static final AtomicInteger CHARTS = new AtomicInteger();

    @TestHTTPResource("/fhir")
    URL base;

    @Inject
    Region region;

    private IGenericClient first;
    private IGenericClient third;

    @BeforeEach
    void connect() {
        first = client("H001");
        third = client("H003");
    }

    private IGenericClient client(String source) {
        FHIR.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        IGenericClient client = FHIR.newRestfulGenericClient(base.toString());
        client.registerInterceptor(new BearerTokenAuthInterceptor(
                TestTokens.client("client-" + source, "hospital", "", Map.of("source", source))));
        return client;
    }

    private static String chart() {
        return "PF-" + CHARTS.incrementAndGet();
    }

    private static Patient patient(String system, String chart, String name, String birth) {
        Patient patient = new Patient();
        patient.addIdentifier().setSystem(system).setValue(chart);
        patient.addName().setFamily(name.substring(0, 1)).addGiven(name.substring(1));
        patient.setGender(AdministrativeGender.MALE).setBirthDateElement(new DateType(birth));
        patient.addTelecom()
                .setSystem(org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem.PHONE)
                .setValue(Adt.phone());
        patient.addAddress().setState("浙江省").setCity("云江市").addLine("人民路1号");
        return patient;
    }

    private static MethodOutcome put(IGenericClient client, Patient patient) {
        Identifier id = patient.getIdentifierFirstRep();
        return client.update()
                .resource(patient)
                .conditionalByUrl("Patient?identifier=" + id.getSystem() + "%7C" + id.getValue())
                .execute();
    }

    private static String personOf(MethodOutcome outcome) {
        return outcome.getId().getIdPart();
    }

    private static OperationOutcome outcome(Throwable thrown) {
        IBaseOperationOutcome outcome = ((BaseServerResponseException) thrown).getOperationOutcome();
        assertThat(outcome).as("an OperationOutcome").isInstanceOf(OperationOutcome.class);
        return (OperationOutcome) outcome;
    }

    /** The element at fault. */
    private static String element(Throwable thrown) {
        return outcome(thrown).getIssueFirstRep().getExpression().get(0).toString();
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML"})
    void iti_104_registers_updates_and_links_across_hospitals(EncodingEnum encoding) {
        first.setEncoding(encoding);
        third.setEncoding(encoding);
        String residentId = Adt.residentId("19790203");
        Patient here = patient(FIRST, chart(), "欧阳" + encoding.ordinal() + "峰", "1979-02-03");
        here.addIdentifier().setSystem(PatientJson.RESIDENT_ID).setValue(residentId);
        MethodOutcome registered = put(first, here);
        assertThat(registered.getCreated()).isTrue();
        assertThat(registered.getId().getVersionIdPart()).isNull();
        Patient answer = (Patient) registered.getResource();
        assertThat(answer.getNameFirstRep().getText()).isEqualTo("欧阳" + encoding.ordinal() + "峰");

        here.addTelecom().setValue("57187654321");
        assertThat(put(first, here).getCreated()).isNotEqualTo(true);

        Patient there = patient(THIRD, chart(), "欧阳" + encoding.ordinal() + "峰", "1979-02-03");
        there.addIdentifier().setSystem(PatientJson.RESIDENT_ID).setValue(residentId);
        assertThat(personOf(put(third, there))).isEqualTo(personOf(registered));

        Patient read = first.read()
                .resource(Patient.class)
                .withId(personOf(registered))
                .execute();
        assertThat(read.getIdentifier())
                .extracting(Identifier::getSystem)
                .containsExactlyInAnyOrder(PatientJson.ENTERPRISE_ID, FIRST, THIRD);
        assertThat(read.getMeta().getVersionId()).isNotBlank();
        assertThat(region.rows(
                        "select state, ack, code, trigger_event from message where person = $1 and sender = $2",
                        UUID.fromString(personOf(registered)),
                        "fhir:client-H001"))
                .hasSize(2)
                .allMatch(row ->
                        row.getString(0).equals("ACCEPTED") && row.getString(3).equals("Patient"));
    }

    @Test
    void what_is_left_out_is_deleted_as_a_patient_is_told_whole() {
        Patient patient = patient(FIRST, chart(), "令狐冲", "1981-03-04");
        String person = personOf(put(first, patient));
        patient.setTelecom(List.of());
        put(first, patient);
        Patient read = first.read().resource(Patient.class).withId(person).execute();
        assertThat(read.getTelecom()).isEmpty();
        assertThat(read.getNameFirstRep().getText()).isEqualTo("令狐冲");
    }

    @Test
    void conditional_create_leaves_who_is_there_and_create_says_that_it_is() {
        Patient patient = patient(FIRST, chart(), "任盈盈", "1985-06-07");
        String query = "Patient?identifier=" + FIRST + "%7C"
                + patient.getIdentifierFirstRep().getValue();
        MethodOutcome created =
                first.create().resource(patient).conditionalByUrl(query).execute();
        assertThat(created.getCreated()).isTrue();
        patient.getNameFirstRep().setFamily("不");
        MethodOutcome again =
                first.create().resource(patient).conditionalByUrl(query).execute();
        assertThat(again.getCreated()).isNotEqualTo(true);
        assertThat(personOf(again)).isEqualTo(personOf(created));
        assertThat(((Patient) again.getResource()).getNameFirstRep().getText()).isEqualTo("任盈盈");
        assertThatThrownBy(() -> first.create().resource(patient).execute())
                .isInstanceOf(ResourceVersionConflictException.class)
                .satisfies(thrown -> assertThat(element(thrown)).isEqualTo("Patient.identifier"));
    }

    @Test
    void iti_104_resolves_duplicates() {
        Patient stays = patient(FIRST, chart(), "慕容复", "1970-01-02");
        Patient goes = patient(FIRST, chart(), "慕容博", "1950-01-02");
        String survivor = personOf(put(first, stays));
        String gone = personOf(put(first, goes));
        assertThat(gone).isNotEqualTo(survivor);
        goes.setActive(false);
        goes.addLink()
                .setType(LinkType.REPLACEDBY)
                .setOther(new Reference().setIdentifier(stays.getIdentifierFirstRep()));
        assertThat(personOf(put(first, goes))).isEqualTo(survivor);
        Patient merged = first.read().resource(Patient.class).withId(gone).execute();
        assertThat(merged.getActive()).isFalse();
        assertThat(merged.getLinkFirstRep().getType()).isEqualTo(LinkType.REPLACEDBY);
        assertThat(merged.getLinkFirstRep().getOther().getReference()).isEqualTo("Patient/" + survivor);
        Parameters pix = pix(first, FIRST, goes.getIdentifierFirstRep().getValue(), List.of());
        assertThat(pix.getParameter("targetId").getValue().toString()).isNotNull();
        assertThat(((Reference) pix.getParameter("targetId").getValue()).getReference())
                .isEqualTo("Patient/" + survivor);
        goes.setLink(List.of());
        assertThatThrownBy(() -> put(first, goes))
                .isInstanceOf(UnprocessableEntityException.class)
                .satisfies(thrown -> assertThat(element(thrown)).isEqualTo("Patient.link"));
    }

    private static Parameters pix(IGenericClient client, String system, String value, List<String> targets) {
        Parameters asked = new Parameters();
        asked.addParameter("sourceIdentifier", new StringType(system + "|" + value));
        targets.forEach(target -> asked.addParameter("targetSystem", new UriType(target)));
        return client.operation()
                .onType(Patient.class)
                .named("$ihe-pix")
                .withParameters(asked)
                .useHttpGet()
                .execute();
    }

    @Test
    void iti_83_finds_the_other_ids() {
        String residentId = Adt.residentId("19900809");
        Patient here = patient(FIRST, chart(), "上官燕", "1990-08-09");
        here.addIdentifier().setSystem(PatientJson.RESIDENT_ID).setValue(residentId);
        Patient there = patient(THIRD, chart(), "上官燕", "1990-08-09");
        there.addIdentifier().setSystem(PatientJson.RESIDENT_ID).setValue(residentId);
        String person = personOf(put(first, here));
        assertThat(personOf(put(third, there))).isEqualTo(person);
        String value = here.getIdentifierFirstRep().getValue();

        Parameters one = pix(first, FIRST, value, List.of(THIRD));
        assertThat(one.getParameter()).hasSize(1);
        Identifier found = (Identifier) one.getParameter("targetIdentifier").getValue();
        assertThat(found.getSystem()).isEqualTo(THIRD);
        assertThat(found.getValue()).isEqualTo(there.getIdentifierFirstRep().getValue());

        Parameters asked = new Parameters();
        asked.addParameter("sourceIdentifier", new StringType(FIRST + "|" + value));
        Parameters posted = first.operation()
                .onType(Patient.class)
                .named("$ihe-pix")
                .withParameters(asked)
                .execute();
        assertThat(posted.getParameters("targetIdentifier")).hasSize(2);
        assertThat(posted.hasParameter("targetId")).isTrue();

        assertThatThrownBy(() -> pix(first, "urn:oid:1.2.3.4", value, List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(thrown -> assertThat(
                                outcome(thrown).getIssueFirstRep().getCode().toCode())
                        .isEqualTo("code-invalid"));
        assertThatThrownBy(() -> pix(first, FIRST, "nobody", List.of())).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> pix(first, FIRST, value, List.of("urn:oid:1.2.3.4")))
                .isInstanceOf(ForbiddenOperationException.class);
        assertThat(region.rows(
                        "select action, object from audit_entry where person = $1 and action = 'patient.pix'",
                        UUID.fromString(person)))
                .as("every look is in the access log")
                .hasSize(2);
    }

    @Test
    void iti_78_searches_and_pages() {
        String family = "百里";
        for (int i = 0; i < 5; i++) {
            Patient each = patient(FIRST, chart(), family + "屠苏" + i, "196" + i + "-10-11");
            each.getNameFirstRep().setFamily(family).setGiven(List.of(new StringType("屠苏" + i)));
            put(first, each);
        }
        Bundle page = first.search()
                .forResource(Patient.class)
                .where(Patient.FAMILY.matches().value(family))
                .count(2)
                .returnBundle(Bundle.class)
                .execute();
        assertThat(page.getTotal()).isEqualTo(5);
        List<String> seen = new java.util.ArrayList<>(ids(page));
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            page = first.loadPage().next(page).execute();
            assertThat(page.getEntry()).hasSizeLessThanOrEqualTo(2);
            seen.addAll(ids(page));
        }
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();

        Bundle one = first.search()
                .forResource(Patient.class)
                .where(Patient.FAMILY.matches().value(family))
                .and(Patient.BIRTHDATE.exactly().day("1963-10-11"))
                .and(Patient.GENDER.exactly().code("male"))
                .usingStyle(SearchStyleEnum.POST)
                .returnBundle(Bundle.class)
                .execute();
        assertThat(one.getEntry()).hasSize(1);
        assertThat(((Patient) one.getEntryFirstRep().getResource())
                        .getNameFirstRep()
                        .getText())
                .isEqualTo(family + "屠苏3");
        Bundle before = first.search()
                .forResource(Patient.class)
                .where(Patient.FAMILY.matches().value(family))
                .and(Patient.BIRTHDATE.before().day("1962-01-01"))
                .returnBundle(Bundle.class)
                .execute();
        assertThat(before.getEntry()).hasSize(2);
        Bundle nobody = first.search()
                .forResource(Patient.class)
                .where(Patient.FAMILY.matches().value(family))
                .and(Patient.GENDER.exactly().code("female"))
                .returnBundle(Bundle.class)
                .execute();
        assertThat(nobody.getTotal()).isZero();
    }

    private static List<String> ids(Bundle page) {
        return page.getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    @Test
    void iti_78_shows_the_ids_of_the_domains_that_are_asked_for() {
        Patient patient = patient(FIRST, chart(), "东方未明", "1991-12-13");
        put(first, patient);
        String value = patient.getIdentifierFirstRep().getValue();
        Bundle found = first.search()
                .byUrl("Patient?identifier=" + FIRST + "%7C" + value + "&identifier=" + FIRST + "%7C")
                .returnBundle(Bundle.class)
                .execute();
        assertThat(((Patient) found.getEntryFirstRep().getResource()).getIdentifier())
                .extracting(Identifier::getSystem)
                .containsExactly(FIRST);
        assertThatThrownBy(() -> first.search()
                        .byUrl("Patient?identifier=urn:oid:1.2.3%7C5")
                        .returnBundle(Bundle.class)
                        .execute())
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_search_for_all_or_by_what_is_not_known_is_refused() {
        assertThatThrownBy(() -> first.search()
                        .forResource(Patient.class)
                        .returnBundle(Bundle.class)
                        .execute())
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(thrown -> assertThat(
                                outcome(thrown).getIssueFirstRep().getCode().toCode())
                        .isEqualTo("too-costly"));
        assertThatThrownBy(() -> first.search()
                        .byUrl("Patient?family=%E7%8E%8B&shoe-size=43")
                        .returnBundle(Bundle.class)
                        .execute())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not supported");
    }

    @Test
    void nobody_speaks_for_another_institution() {
        Patient foreign = patient(THIRD, chart(), "独孤求败", "1940-01-01");
        assertThatThrownBy(() -> put(first, foreign))
                .isInstanceOf(UnprocessableEntityException.class)
                .satisfies(thrown -> assertThat(element(thrown)).startsWith("Patient.identifier"));
        assertThatThrownBy(() -> first.update()
                        .resource(patient(FIRST, chart(), "某甲", "1940-01-01"))
                        .conditionalByUrl("Patient?family=某")
                        .execute())
                .isInstanceOf(PreconditionFailedException.class);
        Patient byId = patient(FIRST, chart(), "某乙", "1940-01-01");
        byId.setId("Patient/" + UUID.randomUUID());
        assertThatThrownBy(() -> first.update().resource(byId).execute())
                .isInstanceOf(MethodNotAllowedException.class)
                .satisfies(thrown -> assertThat(outcome(thrown).hasIssue()).isTrue());
        assertThatThrownBy(() ->
                        first.read().resource(Patient.class).withId("nobody").execute())
                .isInstanceOf(ResourceNotFoundException.class)
                .satisfies(thrown -> assertThat(outcome(thrown).hasIssue()).isTrue());
    }

    @Test
    void a_transaction_is_done_all_or_nothing() {
        Patient one = patient(FIRST, chart(), "郭靖", "1975-05-05");
        Patient two = patient(FIRST, chart(), "黄蓉", "1976-06-06");
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        add(bundle, one, HTTPVerb.PUT);
        add(bundle, two, HTTPVerb.PUT);
        bundle.addEntry()
                .getRequest()
                .setMethod(HTTPVerb.GET)
                .setUrl("Patient?identifier=" + FIRST + "|"
                        + two.getIdentifierFirstRep().getValue());
        Bundle answer = first.transaction().withBundle(bundle).execute();
        assertThat(answer.getEntry()).hasSize(3);
        assertThat(answer.getEntry().get(0).getResponse().getStatus()).startsWith("201");
        assertThat(((Bundle) answer.getEntry().get(2).getResource()).getTotal()).isEqualTo(1);

        Patient three = patient(FIRST, chart(), "杨过", "1995-05-05");
        Bundle half = new Bundle().setType(BundleType.TRANSACTION);
        add(half, three, HTTPVerb.PUT);
        add(half, one, HTTPVerb.POST);
        assertThatThrownBy(() -> first.transaction().withBundle(half).execute())
                .isInstanceOf(ResourceVersionConflictException.class)
                .satisfies(thrown -> assertThat(element(thrown)).isEqualTo("Bundle.entry[1].resource.identifier"));
        assertThatThrownBy(() -> pix(first, FIRST, three.getIdentifierFirstRep().getValue(), List.of()))
                .isInstanceOf(ResourceNotFoundException.class);

        half.setType(BundleType.BATCH);
        Bundle each = first.transaction().withBundle(half).execute();
        assertThat(each.getType()).isEqualTo(BundleType.BATCHRESPONSE);
        assertThat(each.getEntry().get(0).getResponse().getStatus()).startsWith("201");
        assertThat(each.getEntry().get(1).getResponse().getStatus()).startsWith("409");
    }

    private static void add(Bundle bundle, Patient patient, HTTPVerb verb) {
        Identifier id = patient.getIdentifierFirstRep();
        bundle.addEntry()
                .setResource(patient)
                .getRequest()
                .setMethod(verb)
                .setUrl(
                        verb == HTTPVerb.POST
                                ? "Patient"
                                : "Patient?identifier=" + id.getSystem() + "|" + id.getValue());
    }

    @Test
    void iti_93_feeds_and_merges_by_messages() {
        Patient stays = patient(FIRST, chart(), "张无忌", "1988-08-08");
        stays.setId("Patient/p1");
        Patient goes = patient(FIRST, chart(), "曾阿牛", "1988-08-09");
        goes.setId("Patient/p2");
        assertThat(code(first, feed(HTTPVerb.POST, stays, goes))).isEqualTo("ok");
        goes.setActive(false);
        goes.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference("Patient/p1"));
        assertThat(code(first, feed(HTTPVerb.PUT, stays, goes))).isEqualTo("ok");
        assertThat(reference(FIRST, goes)).isEqualTo(reference(FIRST, stays));
        assertThatThrownBy(() -> code(first, feed(HTTPVerb.DELETE, stays)))
                .isInstanceOf(UnprocessableEntityException.class)
                .satisfies(thrown ->
                        assertThat(element(thrown)).isEqualTo("Bundle.entry[1].resource.entry[0].request.method"));
    }

    private String reference(String system, Patient patient) {
        return ((Reference) pix(first, system, patient.getIdentifierFirstRep().getValue(), List.of())
                        .getParameter("targetId")
                        .getValue())
                .getReference();
    }

    private static Bundle feed(HTTPVerb verb, Patient... patients) {
        Bundle history = new Bundle().setType(BundleType.HISTORY);
        for (Patient patient : patients) {
            history.addEntry()
                    .setFullUrl("http://his.example/" + patient.getId())
                    .setResource(patient)
                    .getRequest()
                    .setMethod(verb)
                    .setUrl(patient.getId());
        }
        org.hl7.fhir.r4.model.MessageHeader header = new org.hl7.fhir.r4.model.MessageHeader();
        header.setId(UUID.randomUUID().toString());
        header.setEvent(new UriType(PatientMessage.EVENT));
        header.getSource().setEndpoint("http://his.example/fhir");
        header.addFocus().setReference("urn:uuid:1c6f1a9e-9c5f-4d2b-9d38-5a3c1a2d7b11");
        Bundle message = new Bundle().setType(BundleType.MESSAGE);
        message.addEntry().setFullUrl("urn:uuid:" + header.getId()).setResource(header);
        message.addEntry()
                .setFullUrl("urn:uuid:1c6f1a9e-9c5f-4d2b-9d38-5a3c1a2d7b11")
                .setResource(history);
        return message;
    }

    private static String code(IGenericClient client, Bundle message) {
        Bundle answer = client.operation()
                .processMessage()
                .setMessageBundle(message)
                .synchronous(Bundle.class)
                .execute();
        return ((org.hl7.fhir.r4.model.MessageHeader) answer.getEntryFirstRep().getResource())
                .getResponse()
                .getCode()
                .toCode();
    }
}
