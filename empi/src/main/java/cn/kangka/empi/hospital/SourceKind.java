package cn.kangka.empi.hospital;

/** Hospital, or community health centre. */
public enum SourceKind {
    HOSPITAL,
    CENTRE
}
