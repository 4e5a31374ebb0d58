package cn.kangka.empi.identity;

/**
 * A typed id.
 *
 * @param number normalised: half-width, upper case, no blanks; a resident id of 15 digits upgraded to 18
 */
public record Document(DocumentType type, String number) {}
