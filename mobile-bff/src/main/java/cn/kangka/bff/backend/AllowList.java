package cn.kangka.bff.backend;

import static cn.kangka.bff.backend.PassedRoute.all;
import static cn.kangka.bff.backend.PassedRoute.events;
import static cn.kangka.bff.backend.PassedRoute.read;
import static cn.kangka.bff.backend.PassedRoute.write;
import static cn.kangka.bff.backend.Target.API;
import static cn.kangka.bff.backend.Target.NOTIFICATION;

import java.util.List;

/** Every route that citizens' clients may reach through here, first match wins. The contract's citizen part. */
final class AllowList {
    static final List<PassedRoute> ROUTES = List.of(
            events(NOTIFICATION, "/v1/me/inbox/stream"),
            all(NOTIFICATION, "/v1/me/inbox"),
            all(NOTIFICATION, "/v1/me/inbox/*"),
            all(NOTIFICATION, "/v1/me/endpoints"),
            all(NOTIFICATION, "/v1/me/endpoints/*"),
            all(NOTIFICATION, "/v1/me/preferences"),
            all(NOTIFICATION, "/v1/me/preferences/*"),
            write(API, "/v1/login"),
            write(API, "/v1/login/:step"),
            write(API, "/v1/logout"),
            all(API, "/v1/me"),
            all(API, "/v1/me/*"),
            read(API, "/v1/hospitals"),
            read(API, "/v1/hospitals/*"),
            read(API, "/v1/departments"),
            read(API, "/v1/directory/search"),
            read(API, "/v1/slots"),
            read(API, "/v1/slots/nearest"),
            write(API, "/v1/holds"),
            all(API, "/v1/holds/:id"),
            write(API, "/v1/appointments"),
            all(API, "/v1/appointments/:id"),
            events(API, "/v1/appointments/:id/queue/events"),
            all(API, "/v1/appointments/:id/:act"),
            read(API, "/fhir/*"),
            write(API, "/v1/appeals"),
            write(API, "/v1/waiting-entries"),
            all(API, "/v1/waiting-entries/:id"),
            read(API, "/v1/draws/*"),
            write(API, "/v1/draw-entries"),
            all(API, "/v1/draw-entries/:id"),
            read(API, "/v1/education/*"));

    private AllowList() {}
}
