# notification: notices and their channels. Built from the repository's root after ./mvnw package:
#   docker build -f k8s/images/notification.Dockerfile -t kangka/notification:1.0.0 .
FROM eclipse-temurin:21-jre-noble
RUN useradd --uid 10001 --user-group --no-create-home kangka
WORKDIR /app
# Libraries change rarely and lie in layers of their own.
COPY --chown=10001:10001 notification/target/quarkus-app/lib/ lib/
COPY --chown=10001:10001 notification/target/quarkus-app/quarkus/ quarkus/
COPY --chown=10001:10001 notification/target/quarkus-app/quarkus-run.jar ./
COPY --chown=10001:10001 notification/target/quarkus-app/app/ app/
USER 10001
EXPOSE 8082
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", "quarkus-run.jar"]
