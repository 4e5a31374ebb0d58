package cn.kangka.empi.person;

/** Whether an enterprise id is in use or leads to another one. */
public enum PersonStatus {
    ACTIVE,
    MERGED
}
