package cn.kangka.empi.booking;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Where {@code api}'s outbox delivers bookings and cancellations. */
@Path("/v1/booking-orders")
@RolesAllowed("service")
public class BookingOrderResource {
    private static final int LARGEST_BATCH = 500;

    private final BookingOrders orders;

    public BookingOrderResource(BookingOrders orders) {
        this.orders = orders;
    }

    record Batch(@NotNull @Size(max = LARGEST_BATCH) List<BookingOrders.@NotNull @Valid Event> events) {}

    record Results(List<BookingOrders.Result> results) {}

    @POST
    @Operation(
            summary = "接收预约指令 · Take booking orders for hospitals",
            description = "Each is kept and queued in a transaction of its own; one that was seen before is DONE.")
    @APIResponse(responseCode = "200", description = "One outcome per event, in order: DONE, RETRY or PARK")
    public Uni<Results> take(@Valid @NotNull Batch batch) {
        return orders.take(batch.events()).map(Results::new);
    }
}
