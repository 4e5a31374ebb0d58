/** Queries of hospitals over HL7 v2: PIX (QBP^Q23, IHE ITI-9) and PDQ (QBP^Q22, IHE ITI-21). They change nothing. */
package cn.kangka.empi.query;
