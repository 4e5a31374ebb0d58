-- Versions of what is told about an identity or a source; drawn under a lock on it (cn.kangka.empi.fhir.ClinicalStore).
create sequence clinical_version;
