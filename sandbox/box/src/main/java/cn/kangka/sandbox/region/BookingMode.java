package cn.kangka.sandbox.region;

/** Whose pool of units is the truth: the region's ({@code SIU^S12} informs) or the hospital's ({@code SRM^S01} asks). */
public enum BookingMode {
    KANGKA_FILLS,
    HOSPITAL_FILLS
}
