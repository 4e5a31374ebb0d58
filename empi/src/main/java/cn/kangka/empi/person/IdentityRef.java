package cn.kangka.empi.person;

import java.util.UUID;

/**
 * An identity linked to a person.
 *
 * @param identity the identity's id
 * @param source id of the hospital
 * @param localId the hospital's own patient id
 * @param linkVersion grows with every move of this identity
 */
public record IdentityRef(UUID identity, String source, String localId, long linkVersion) {}
