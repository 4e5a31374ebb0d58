package cn.kangka.empi.hospital;

/** Whose pool of units is the truth: ours (SIU^S12 informs) or the hospital's (SRM^S01 asks). */
public enum BookingMode {
    KANGKA_FILLS,
    HOSPITAL_FILLS
}
