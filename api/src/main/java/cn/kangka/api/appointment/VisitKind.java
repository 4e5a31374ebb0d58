package cn.kangka.api.appointment;

/** What a booking is for (FHIR {@code Appointment.appointmentType}). All but the first are made by a doctor's institution. */
public enum VisitKind {
    /** Anybody's own wish; limits hold. */
    NORMAL,
    /** 复诊: a doctor wants to see somebody again. */
    FOLLOW_UP,
    /** 转诊: another institution sends somebody. */
    REFERRAL;

    /** Whether limits neither stop nor count it. */
    public boolean exempt() {
        return this != NORMAL;
    }
}
