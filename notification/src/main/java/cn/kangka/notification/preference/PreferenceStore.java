package cn.kangka.notification.preference;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class PreferenceStore implements PanacheRepositoryBase<PreferenceEntity, UUID> {}
