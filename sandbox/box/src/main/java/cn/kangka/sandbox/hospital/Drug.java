package cn.kangka.sandbox.hospital;

import java.util.List;

/** A drug as outpatients get it, with its usual dose. */
record Drug(String atc, String name, String dose, String unit, String frequency, int days, String instruction) {
    static final Drug AMOXICILLIN = new Drug("J01CA04", "阿莫西林胶囊", "0.5", "g", "TID", 7, "每次0.5g,每日3次,口服,疗程7天");

    /** What the living region prescribes. */
    static final List<Drug> COMMON = List.of(
            new Drug("C08CA01", "苯磺酸氨氯地平片", "5", "mg", "QD", 28, "每次5mg,每日1次,晨起口服"),
            new Drug("A10BA02", "盐酸二甲双胍片", "0.5", "g", "BID", 28, "每次0.5g,每日2次,餐中口服"),
            new Drug("C10AA05", "阿托伐他汀钙片", "20", "mg", "QD", 28, "每次20mg,每晚1次,口服"),
            new Drug("A02BC01", "奥美拉唑肠溶胶囊", "20", "mg", "QD", 14, "每次20mg,每日1次,餐前口服"),
            new Drug("C09CA01", "氯沙坦钾片", "50", "mg", "QD", 28, "每次50mg,每日1次,口服"));
}
