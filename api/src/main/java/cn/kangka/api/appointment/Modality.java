package cn.kangka.api.appointment;

/** How a visit takes place. */
public enum Modality {
    IN_PERSON,
    /** 远程诊疗: by video, joined by a link (HL7 ActCode VR). */
    REMOTE
}
