package cn.kangka.api.record;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Settings of reports. Words are looked for in all that a report says. */
@ConfigMapping(prefix = "kangka.record")
public interface RecordConfig {
    /** The account level that it takes to read one's record; 2 is real name. */
    @WithDefault("2")
    int level();

    /** How many points a trend has at most. */
    @WithDefault("20")
    int trendPoints();

    /** How often delayed releases and notices that waited for an account are looked for. */
    @WithDefault("10s")
    String releaseEvery();

    /** How many releases or notices one unit of work takes. */
    @WithDefault("200")
    int releaseBatch();

    /** Results that wait for a clinician's review, for some days at most: pathology, cancer markers, genetics. */
    Sensitive sensitive();

    /** Results that only a clinician releases: HIV and other listed infections. */
    Infections infections();

    /** See {@link RecordConfig#sensitive}. */
    interface Sensitive {
        /** How long they wait for a review. */
        @WithDefault("P3D")
        Duration delay();

        /** A longer delay than this is cut: nobody waits for ever for their own result. */
        @WithDefault("P7D")
        Duration longestDelay();

        /** HL7 table 0074: pathology, surgical pathology, cytopathology, cytogenetics, genetics. */
        @WithDefault("PAT,SP,CP,CG,GE")
        Set<String> categories();

        /** LOINC: AFP, CEA, CA 125, CA 19-9, CA 15-3, CA 72-4, PSA, free PSA, HE4, surgical pathology study. */
        @WithDefault("1834-1,2039-6,10334-1,24108-3,6875-9,17843-4,2857-1,10886-0,55180-4,11526-1,60567-5")
        Set<String> codes();

        /** For hospitals that send codes of their own. */
        @WithDefault("病理,活检,细胞学,癌,肿瘤标志,甲胎蛋白,糖类抗原,前列腺特异,基因,染色体,遗传,pathology,biopsy,cytology,"
                + "tumor marker,tumour marker,carcinoembryonic,fetoprotein,ca125,ca 125,ca19-9,ca 19-9,ca15-3,"
                + "ca 15-3,psa,afp,cea,genetic,genetics,karyotype")
        List<String> words();
    }

    /** See {@link RecordConfig#infections}. */
    interface Infections {
        /** HL7 table 0074; none by default. */
        @WithDefault("HIV")
        Set<String> categories();

        /** LOINC: HIV antibodies, antigen and RNA; syphilis (RPR, treponemal antibodies). */
        @WithDefault("7917-8,7918-6,30361-0,56888-1,75622-1,20447-9,25836-8,68961-2,80387-4,89374-3,20507-0,24110-9")
        Set<String> codes();

        /** For hospitals that send codes of their own. */
        @WithDefault(
                "hiv,aids,艾滋,人类免疫缺陷,梅毒,淋球菌,淋病,tppa,tpha,rpr,trust,vdrl,抗-tp,抗tp,syphilis,treponema," + "gonorrhoeae")
        List<String> words();
    }
}
