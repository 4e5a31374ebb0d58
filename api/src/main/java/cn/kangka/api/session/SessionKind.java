package cn.kangka.api.session;

/** Whose login it is. */
public enum SessionKind {
    CITIZEN,
    STAFF
}
